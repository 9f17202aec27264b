// Package learned implements small linear classifiers for sentences and mails: hashed word
// features, softmax regression, and temperature scaling to calibrate the probabilities.
//
// Training is reproducible: on one processor architecture the same examples give the same
// bytes. Predicting never fails, whatever the text; a damaged stored model is rejected when
// it is decoded, not when it is used.
package learned
