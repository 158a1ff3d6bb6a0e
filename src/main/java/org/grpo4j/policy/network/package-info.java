/** Policies on DL4J networks. */
@NullMarked
package org.grpo4j.policy.network;

import org.jspecify.annotations.NullMarked;
