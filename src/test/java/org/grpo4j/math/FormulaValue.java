package org.grpo4j.math;

/** The value of an explanation's formula, computed from its text and the values of the parts. */
final class FormulaValue {

  private final Explanation explanation;
  private int at;

  private FormulaValue(Explanation explanation) {
    this.explanation = explanation;
  }

  static double of(Explanation explanation) {
    FormulaValue reader = new FormulaValue(explanation);
    double value = reader.sum();
    if (reader.at != explanation.formula().length()) {
      throw new IllegalArgumentException(explanation.formula() + ": stops at " + reader.at);
    }
    return value;
  }

  private double sum() {
    double sign = takes("-") ? -1 : 1;
    double sum = sign * product();
    while (true) {
      if (takes(" + ")) {
        sum += product();
      } else if (takes(" - ")) {
        sum -= product();
      } else {
        return sum;
      }
    }
  }

  private double product() {
    double product = atom();
    while (true) {
      if (takes(" * ")) {
        product *= atom();
      } else if (takes(" / ")) {
        product /= atom();
      } else {
        return product;
      }
    }
  }

  private double atom() {
    if (takes("{")) {
      int part = (int) number();
      require("}");
      return explanation.parts().get(part).value();
    }
    for (String function : new String[] {"exp", "log", "sqrt", "abs", "min", "max", ""}) {
      if (takes(function + "(")) {
        double value = sum();
        boolean ofTwo = function.startsWith("m");
        if (ofTwo) {
          require(", ");
        }
        value = apply(function, value, ofTwo ? sum() : Double.NaN);
        require(")");
        return value;
      }
    }
    return number();
  }

  private static double apply(String function, double x, double y) {
    return switch (function) {
      case "exp" -> Math.exp(x);
      case "log" -> Math.log(x);
      case "sqrt" -> Math.sqrt(x);
      case "abs" -> Math.abs(x);
      case "min" -> Math.min(x, y);
      case "max" -> Math.max(x, y);
      default -> x;
    };
  }

  private double number() {
    int start = at;
    String formula = explanation.formula();
    while (at < formula.length()
        && (Character.isDigit(formula.charAt(at)) || formula.charAt(at) == '.')) {
      at++;
    }
    return Double.parseDouble(formula.substring(start, at));
  }

  private boolean takes(String text) {
    boolean here = explanation.formula().startsWith(text, at);
    at += here ? text.length() : 0;
    return here;
  }

  private void require(String text) {
    if (!takes(text)) {
      throw new IllegalArgumentException(
          explanation.formula() + ": expected " + text + " at " + at);
    }
  }
}
