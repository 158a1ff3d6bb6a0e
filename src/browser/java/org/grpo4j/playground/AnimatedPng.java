package org.grpo4j.playground;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/**
 * An animated PNG of smaller pictures, which browsers play and every other reader of PNG shows the
 * first picture of. Of each further picture it holds the rectangle that has changed.
 */
final class AnimatedPng {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final double SCALE = 0.75;

  private final List<byte[]> frames = new ArrayList<>();
  private final List<Rectangle> places = new ArrayList<>();
  private final List<Integer> millis = new ArrayList<>();
  private BufferedImage last = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

  /** Adds a picture that is shown so long; one that is like the last makes that one stay. */
  void add(byte[] png, int duration) throws IOException {
    BufferedImage picture = smaller(ImageIO.read(new ByteArrayInputStream(png)));
    Rectangle changed =
        frames.isEmpty()
            ? new Rectangle(picture.getWidth(), picture.getHeight())
            : difference(last, picture);
    if (changed.isEmpty()) {
      int end = millis.size() - 1;
      millis.set(end, millis.get(end) + duration);
      return;
    }
    BufferedImage part =
        new BufferedImage(changed.width, changed.height, BufferedImage.TYPE_INT_RGB);
    part.createGraphics().drawImage(picture, -changed.x, -changed.y, null);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ImageIO.write(part, "png", encoded);
    frames.add(encoded.toByteArray());
    places.add(changed);
    millis.add(duration);
    last = picture;
  }

  private static BufferedImage smaller(BufferedImage picture) {
    int width = (int) (picture.getWidth() * SCALE);
    int height = (int) (picture.getHeight() * SCALE);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int coarse = small.getRGB(x, y) & 0xF0F0F0; // half of the bytes
        small.setRGB(x, y, coarse | coarse >> 4);
      }
    }
    return small;
  }

  /** The length of the animation in milliseconds. */
  int duration() {
    return millis.stream().mapToInt(Integer::intValue).sum();
  }

  private static Rectangle difference(BufferedImage one, BufferedImage other) {
    Rectangle changed = new Rectangle(-1, -1);
    for (int y = 0; y < other.getHeight(); y++) {
      for (int x = 0; x < other.getWidth(); x++) {
        if (one.getRGB(x, y) != other.getRGB(x, y)) {
          changed.add(new Rectangle(x, y, 1, 1));
        }
      }
    }
    return changed;
  }

  /** The file; it is repeated for ever. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(SIGNATURE);
    int sequence = 0;
    for (int i = 0; i < frames.size(); i++) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(frames.get(i)));
      in.skipBytes(SIGNATURE.length);
      while (in.available() > 0) {
        byte[] content = new byte[in.readInt()];
        String type = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
        in.readFully(content);
        in.readInt(); // the check sum
        if (type.equals("IHDR") && i == 0) {
          chunk(out, type, content);
          chunk(out, "acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(0).array());
        }
        if (type.equals("IHDR")) {
          chunk(out, "fcTL", control(sequence++, content, places.get(i), millis.get(i)));
        }
        if (type.equals("IDAT") && i == 0) {
          chunk(out, type, content);
        } else if (type.equals("IDAT")) {
          ByteBuffer numbered = ByteBuffer.allocate(4 + content.length);
          chunk(out, "fdAT", numbered.putInt(sequence++).put(content).array());
        }
      }
    }
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static byte[] control(int sequence, byte[] header, Rectangle place, int millis) {
    if (header.length != HEADER_BYTES) {
      throw new IllegalStateException("a header of " + header.length + " bytes");
    }
    return ByteBuffer.allocate(26)
        .putInt(sequence)
        .put(header, 0, 8) // width and height
        .putInt(place.x)
        .putInt(place.y)
        .putShort((short) millis)
        .putShort((short) 1000)
        .array(); // what was there stays, and is replaced
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }
}
