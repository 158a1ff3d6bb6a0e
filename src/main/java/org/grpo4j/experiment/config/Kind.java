package org.grpo4j.experiment.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One variant of a sealed setting. In a file it is chosen by its name, {@code kind: clip}, beside
 * the variant's own settings; if none of them is changed, {@code surrogate: clip} is enough.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {

  /** The name in files. */
  String value();

  /** What the variant is, in one sentence. */
  String description();
}
