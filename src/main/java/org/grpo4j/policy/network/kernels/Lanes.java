package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of the kernels. Loaded only where the module {@code jdk.incubator.vector} is.
 */
final class Lanes {

  /** The widest this processor has: 16 floats with AVX-512, 8 with AVX2. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Lanes() {}

  /** True if the kernels were written for it: columns come in multiples of 16. */
  static boolean usable() {
    return SPECIES.length() == 8 || SPECIES.length() == 16;
  }
}
