package org.grpo4j.policy;

/**
 * A named part of the flat parameter vector, such as {@code block0.attention.qkv.weight}.
 *
 * @param name unique in the policy
 * @param offset index of its first parameter
 * @param size number of its parameters
 */
public record ParameterBlock(String name, int offset, int size) {}
