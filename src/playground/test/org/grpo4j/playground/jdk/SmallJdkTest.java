package org.grpo4j.playground.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.grpo4j.playground.jdk.java.security.SmallMessageDigest;
import org.grpo4j.playground.jdk.java.util.SmallHexFormat;
import org.grpo4j.playground.jdk.java.util.SmallSplittableRandom;
import org.junit.jupiter.api.Test;

/** The small classes against those of the JDK. */
class SmallJdkTest {

  private static final int BOUNDS = 1500;

  @Test
  void sha256IsTheJdks() throws NoSuchAlgorithmException {
    SplittableRandom random = new SplittableRandom(1);
    MessageDigest jdk = MessageDigest.getInstance("SHA-256");
    SmallMessageDigest small = SmallMessageDigest.getInstance("SHA-256");
    for (int length = 0; length < 300; length++) { // every place in a block, several times
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      int cut = random.nextInt(length + 1);
      jdk.update(bytes, 0, cut);
      small.update(bytes, 0, cut);
      jdk.update(bytes, cut, length - cut);
      small.update(bytes, cut, length - cut);
      assertArrayEquals(jdk.digest(), small.digest(), length + " bytes");
      assertArrayEquals(jdk.digest(bytes), small.digest(bytes), length + " bytes at once");
    }
    assertThrows(NoSuchAlgorithmException.class, () -> SmallMessageDigest.getInstance("MD5"));
  }

  @Test
  void hexadecimalDigitsAreTheJdks() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertEquals(HexFormat.of().formatHex(all), SmallHexFormat.of().formatHex(all));
  }

  @Test
  void drawsAreTheJdks() {
    for (long seed = -20; seed < 20; seed++) {
      SplittableRandom jdk = new SplittableRandom(seed * seed * seed);
      SmallSplittableRandom small = new SmallSplittableRandom(seed * seed * seed);
      for (int bound = 1; bound < BOUNDS; bound++) {
        assertEquals(jdk.nextInt(bound), small.nextInt(bound));
        // Bounds just above a power of two throw away nearly half of the draws.
        assertEquals(jdk.nextInt((1 << 30) + bound), small.nextInt((1 << 30) + bound));
        assertEquals(jdk.nextLong(), small.nextLong());
        assertEquals(jdk.nextInt(), small.nextInt());
        assertEquals(jdk.nextDouble(), small.nextDouble());
        assertEquals(jdk.nextBoolean(), small.nextBoolean());
      }
    }
  }
}
