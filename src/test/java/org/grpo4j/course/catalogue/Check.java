package org.grpo4j.course.catalogue;

import java.util.function.Consumer;

/** A check that the right pieces pass. It throws an {@link AssertionError} where others do not. */
public interface Check {

  /** What it checks, for the page. */
  String name();

  /** Golden case, finite difference, invariant or enumeration. */
  String kind();

  /** Passes or throws. */
  void check(Pieces pieces);

  /** A check of a name and a function. */
  static Check of(String kind, String name, Consumer<Pieces> check) {
    return new Check() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String kind() {
        return kind;
      }

      @Override
      public void check(Pieces pieces) {
        check.accept(pieces);
      }
    };
  }

  /** True if the pieces fail an assertion; a crash of another kind does not count. */
  default boolean kills(Pieces pieces) {
    try {
      check(pieces);
      return false;
    } catch (AssertionError e) {
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
