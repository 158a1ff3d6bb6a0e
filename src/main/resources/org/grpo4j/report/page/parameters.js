/* The names of settings on the page. */

export const PARAMETER_NAMES = {
  scale: "divide by standard deviation of",
  deviation: "deviation",
  stdEpsilon: "ε",
  clipLow: "clip below 1 by",
  clipHigh: "clip above 1 by",
  divisor: "constant",
  beta: "KL weight β",
  klEstimator: "KL estimator",
  threshold: "smallest reward kept",
  gamma: "discount γ",
  bound: "bound for A < 0",
  delta: "second bound δ",
  minRatio: "least ratio",
  maxRatio: "largest ratio",
  tauPositive: "τ for A > 0",
  tauNegative: "τ for A ≤ 0",
  kPositive: "k for A ≥ 0",
  lambdaPositive: "λ for A ≥ 0",
  kNegative: "k for A < 0",
  lambdaNegative: "λ for A < 0",
  epsilonLow: "log-ratio ≥ −",
  epsilonHigh: "log-ratio ≤",
  whitening: "whitening",
  entropyCoefficient: "entropy weight"
};

/** Settings that are rarely wanted stay out of the panel. */
export const HIDDEN = new Set([
  "singleton",
  "tokenBound",
  "lowestSum",
  "highestSum",
  "emptyRows",
  "whiteningEpsilon",
  "whiteningEpsilonPlacement",
  "whiteningDeviation",
  "klRatioWeighted",
  "klLogBound",
  "klValueBound",
  "logRatioBound",
  "offPolicyThreshold",
  "entropyCoefficient"
]);
