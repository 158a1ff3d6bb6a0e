package org.grpo4j.playground.jdk;

import java.util.Set;
import org.teavm.extension.spi.substitution.SubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/**
 * The classes of the JDK that the engine of the playground uses and TeaVM's class library does not
 * have. TeaVM finds this class as a service and takes in place of {@code java.util.HexFormat} the
 * class {@code SmallHexFormat} in {@code java.util} of this package, and so on.
 */
public final class SmallJdk implements SubstitutionPolicy {

  private static final Set<String> REPLACED =
      Set.of("java.security.MessageDigest", "java.util.HexFormat", "java.util.SplittableRandom");

  @Override
  public void contribute(SubstitutionSink sink) {
    sink.selectClasses(REPLACED::contains)
        .packagePrefix("org.grpo4j.playground.jdk.")
        .simpleNamePrefix("Small");
  }
}
