class ClippedSurrogate {

  SurrogateTerm term(double logProb, double ratio, double advantage) {
    double free = Numbers.product(ratio, advantage);
    double bound = Numbers.product(clip(ratio), advantage);
    double slope = branch(ratio, advantage) == ClipBranch.INSIDE ? -free : 0;
    return SurrogateTerm.ofRatio(
        Math.max(-free, -bound), slope, free, bound, branch(ratio, advantage));
  }

  double clip(double ratio) {
    return contains(ratio) ? ratio : ratio < 1 ? 1 - clipLow : 1 + clipHigh;
  }

  boolean contains(double ratio) {
    return 1 - clipLow <= ratio && ratio <= 1 + clipHigh;
  }

  ClipBranch branch(double ratio, double advantage) {
    if (contains(ratio) || advantage == 0 || (ratio > 1) != (advantage > 0)) {
      return ClipBranch.INSIDE;
    }
    return ratio > 1 ? ClipBranch.CLIPPED_HIGH : ClipBranch.CLIPPED_LOW;
  }
}
