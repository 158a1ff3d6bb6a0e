package org.grpo4j.verify;

/** Computes what a case of one kind asks for, by the library's own classes. */
@FunctionalInterface
interface KindCheck {

  Answers compute(VectorCase vectorCase);
}
