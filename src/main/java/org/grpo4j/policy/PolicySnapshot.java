package org.grpo4j.policy;

import org.grpo4j.math.DoubleVector;

/**
 * A frozen copy of a policy at one {@link #version}: the reference policy and, where it must
 * outlive the update that replaces it, the old policy. Never changes.
 */
public interface PolicySnapshot extends LanguageModel {

  /** The flat parameter vector. */
  DoubleVector parameters();
}
