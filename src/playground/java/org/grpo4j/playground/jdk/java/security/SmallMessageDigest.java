package org.grpo4j.playground.jdk.java.security;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** {@link java.security.MessageDigest} as far as it is used: SHA-256 (FIPS 180-4, section 6.2). */
public final class SmallMessageDigest {

  private static final String SHA_256 = "SHA-256";

  private static final int BLOCK = 64;
  private static final int LENGTH_AT = 56;

  /** The first 32 bits behind the point of the cube roots of the first 64 primes. */
  private static final int[] CONSTANTS = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** The same of the square roots of the first eight. */
  private static final int[] FIRST = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private final int[] hash = FIRST.clone();
  private final byte[] block = new byte[BLOCK];
  private final int[] schedule = new int[CONSTANTS.length];
  private long length;

  private SmallMessageDigest() {}

  /**
   * A new digest.
   *
   * @throws NoSuchAlgorithmException for all but SHA-256
   */
  public static SmallMessageDigest getInstance(String algorithm) throws NoSuchAlgorithmException {
    if (!algorithm.equals(SHA_256)) {
      throw new NoSuchAlgorithmException(algorithm);
    }
    return new SmallMessageDigest();
  }

  /** Takes {@code count} bytes from {@code from} on. */
  public void update(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      add(bytes[i]);
    }
  }

  /** The hash of all bytes, 32 bytes; the digest is then as new. */
  public byte[] digest() {
    long bits = length * Byte.SIZE;
    add((byte) 0x80);
    while (length % BLOCK != LENGTH_AT) {
      add((byte) 0);
    }
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      add((byte) (bits >>> shift));
    }
    byte[] result = new byte[hash.length * Integer.BYTES];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (hash[i / Integer.BYTES] >>> (24 - Byte.SIZE * (i % Integer.BYTES)));
    }
    System.arraycopy(FIRST, 0, hash, 0, FIRST.length);
    length = 0;
    return result;
  }

  /** The hash of all bytes so far and these. */
  public byte[] digest(byte[] last) {
    update(last, 0, last.length);
    return digest();
  }

  private void add(byte one) {
    block[(int) (length % BLOCK)] = one;
    length++;
    if (length % BLOCK == 0) {
      compress();
    }
  }

  private void compress() {
    int[] w = schedule;
    for (int t = 0; t < w.length; t++) {
      w[t] =
          t < 16 ? word(t) : smallSigma1(w[t - 2]) + w[t - 7] + smallSigma0(w[t - 15]) + w[t - 16];
    }
    int[] s = Arrays.copyOf(hash, hash.length); // a to h
    for (int t = 0; t < w.length; t++) {
      int choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
      int majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
      int t1 = s[7] + largeSigma1(s[4]) + choice + CONSTANTS[t] + w[t];
      int t2 = largeSigma0(s[0]) + majority;
      System.arraycopy(s, 0, s, 1, s.length - 1);
      s[4] += t1;
      s[0] = t1 + t2;
    }
    for (int i = 0; i < hash.length; i++) {
      hash[i] += s[i];
    }
  }

  private int word(int t) {
    int at = Integer.BYTES * t;
    return (block[at] & 0xFF) << 24
        | (block[at + 1] & 0xFF) << 16
        | (block[at + 2] & 0xFF) << 8
        | (block[at + 3] & 0xFF);
  }

  private static int largeSigma0(int x) {
    return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
  }

  private static int largeSigma1(int x) {
    return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
  }

  private static int smallSigma0(int x) {
    return Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
  }

  private static int smallSigma1(int x) {
    return Integer.rotateRight(x, 17) ^ Integer.rotateRight(x, 19) ^ (x >>> 10);
  }
}
