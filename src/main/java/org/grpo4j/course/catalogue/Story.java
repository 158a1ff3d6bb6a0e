package org.grpo4j.course.catalogue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The story of a {@link Mistake}: sentences for people, each of them complete. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Story {

  /** The sentence that says what is wrong. */
  String what();

  /** The trace it leaves in a run, if any. */
  String symptom();

  /** The places where it was seen, if it is not simply easy to make. */
  String seen() default "easy to make";

  /** The sentence that says where it would be right, if it is a legitimate convention elsewhere. */
  String elsewhere() default "";
}
