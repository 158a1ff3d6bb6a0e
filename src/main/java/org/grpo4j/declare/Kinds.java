package org.grpo4j.declare;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one list of a family: its variants, each a class with {@link Kind}, in the order in which
 * they are shown. One with settings is a record. Files, help, reference page and the report's page
 * read the list; a class from outside ({@code class: my.Estimator}) needs no line in it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kinds {

  /** The variants. */
  Class<?>[] value();

  /** The sentence that is true without one, where the family may be left out ({@code none}). */
  String none() default "";
}
