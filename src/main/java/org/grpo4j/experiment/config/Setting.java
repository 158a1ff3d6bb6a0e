package org.grpo4j.experiment.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting of an experiment file: the component {@code groupSize} is the key {@code group_size}.
 * Reader, help, reference page and range checks all come from here.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What the setting means, in one sentence. */
  String value();

  /**
   * The value when the file does not give one, written as in a file. Empty: the setting must be
   * given, except that a section is then read as if it were empty.
   */
  String byDefault() default "";

  /** The allowed numbers as an interval, such as {@code [1, 4096]} or {@code (0, 1]}. */
  String range() default "";

  /** The unit of a number, such as {@code updates}. */
  String unit() default "";
}
