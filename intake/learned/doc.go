// Package learned holds small linear models that tell what a sentence or a
// mail is: hashed word features, softmax regression, and a temperature that
// makes its probabilities honest.
//
// Training and prediction are deterministic: the same examples give the same
// bytes, and the same text the same scores, on every machine. Predicting never
// fails and allocates nothing beyond its result; a damaged stored model is
// refused when it is decoded, not when it is asked.
package learned
