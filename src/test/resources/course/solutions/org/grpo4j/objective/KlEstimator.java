enum KlEstimator {
  K1() {
    double value(double x) {
      return x;
    }

    double derivative(double x) {
      return 1;
    }
  },
  K2() {
    double value(double x) {
      return 0.5 * x * x;
    }

    double derivative(double x) {
      return x;
    }
  },
  K3() {
    double value(double x) {
      return x + Math.expm1(-x);
    }

    double derivative(double x) {
      return -Math.expm1(-x);
    }
  }
}
