// Package learned holds small linear models that tell what a sentence or a
// mail is: hashed word features, softmax regression, and a temperature that
// makes its probabilities honest.
//
// Training is repeatable: on one processor architecture the same examples give
// the same bytes. Predicting never fails, whatever the text; a damaged stored
// model is refused when it is decoded, not when it is asked.
package learned
