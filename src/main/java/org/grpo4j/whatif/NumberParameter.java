package org.grpo4j.whatif;

import org.grpo4j.math.Numbers;

/**
 * A setting that is a number.
 *
 * @param name its name
 * @param help what it does
 * @param byDefault what it is if not given; infinity stands for no bound
 * @param bounds what it may be
 */
public record NumberParameter(String name, String help, double byDefault, Bounds bounds)
    implements Parameter {

  /**
   * The number of this name, or the default.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  double in(SettingValues values) {
    double value = values.number(name, byDefault);
    // Infinity is how "no bound" is written, where that is the default.
    if (value != byDefault && !bounds.contains(value)) {
      throw new IllegalArgumentException(
          name + ": must be in " + bounds + ", got " + Numbers.brief(value));
    }
    return value;
  }
}
