package org.grpo4j.policy;

import org.grpo4j.math.DoubleVector;

/**
 * A frozen copy of a policy at one {@link #version}: the reference policy and, where it must
 * outlive the update that replaces it, the old policy. Never changes.
 *
 * @param model a computation by parameters of its own
 * @param version the version
 * @param parameters the flat parameter vector
 */
public record PolicySnapshot(TokenModel model, long version, DoubleVector parameters)
    implements LanguageModel {}
