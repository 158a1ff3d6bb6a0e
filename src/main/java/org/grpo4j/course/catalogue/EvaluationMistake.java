package org.grpo4j.course.catalogue;

/** Typical mistakes in what is reported (Eq. 14). */
enum EvaluationMistake implements Mistake {
  PASS_AT_K_WITH_REPLACEMENT {
    @Override
    public double passAtK(int samples, int correct, int k) {
      return 1 - Math.pow(1 - correct / (double) samples, k);
    }
  }
}
