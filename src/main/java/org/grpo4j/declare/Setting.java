package org.grpo4j.declare;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting of an experiment file: the component {@code groupSize} is the key {@code group_size}.
 * Reader, help, reference page, the controls of the report's page and range checks all come from
 * here.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** The meaning of the setting, in one sentence. */
  String value();

  /**
   * The value when the file does not give one, written as in a file. Empty: the setting must be
   * given, except that a section is then read as if it were empty.
   */
  String byDefault() default "";

  /**
   * The allowed numbers as an interval, such as {@code [1, 4096]} or {@code (0, 1]}. Infinity as an
   * allowed bound, {@code (0, inf]}, is written {@code none} in files.
   */
  String range() default "";

  /** The key in files, where it is not the name of the component. */
  String key() default "";

  /** The unit of a number, such as {@code updates}. */
  String unit() default "";

  /**
   * Whether it is left out of written configurations while it has its default: a setting that was
   * added later, without which hashes on record stay as they are.
   */
  boolean added() default false;
}
