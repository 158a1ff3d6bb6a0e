package org.grpo4j.declare;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A variant of a family. In a file it is chosen by its name, {@code kind: clip}, beside the
 * variant's own settings; if none of them is changed, {@code surrogate: clip} is enough.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {

  /** The name in files. */
  String value();

  /** A few words for a list to choose from; empty for the name. */
  String label() default "";

  /** The description of the variant, in one sentence. */
  String description();

  /** Number of the variant's equation in {@code docs/equations.md}; 0 if it has none of its own. */
  int equation() default 0;

  /** The sentence that is true without it, where the variant may be left out ({@code none}). */
  String none() default "";
}
