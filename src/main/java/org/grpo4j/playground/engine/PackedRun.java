package org.grpo4j.playground.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.grpo4j.train.TrainerState;

/**
 * A run directory as {@code train} leaves it, packed: with a checkpoint to begin at and a ledger
 * that vouches for every file, so that {@code explain}, {@code report} and {@code replay} read it.
 * A test holds that they do.
 */
final class PackedRun {

  private static final String LEDGER = "ledger.jsonl";
  private static final int CHARACTERS_OF_A_LINE = 16;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final StringBuilder ledger = new StringBuilder();
  private String chain = "";

  private PackedRun() {}

  /**
   * The packed directory.
   *
   * @param name of the directory
   * @param texts the text files by their path in it
   * @param growing those of them that a run writes line by line
   * @param begin the state before the first update in it
   */
  static byte[] zip(String name, Map<String, String> texts, Set<String> growing, Moment begin) {
    PackedRun all = new PackedRun();
    texts.forEach((path, text) -> all.add(path, text, growing.contains(path)));
    all.addCheckpoint(begin);
    all.files.put(LEDGER, bytes(all.ledger.toString()));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed)) {
      for (Map.Entry<String, byte[]> file : all.files.entrySet()) {
        zip.putNextEntry(new ZipEntry(name + "/" + file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory is always written", e);
    }
    return packed.toByteArray();
  }

  /** Of a file that grows, the ledger knows the lines alone. */
  private void add(String path, String text, boolean grows) {
    files.put(path, bytes(text));
    List<String> lines = new ArrayList<>();
    for (int begin = 0; begin < text.length(); begin = text.indexOf('\n', begin) + 1) {
      String line = text.substring(begin, text.indexOf('\n', begin));
      lines.add('"' + sha256(bytes(line)).substring(0, CHARACTERS_OF_A_LINE) + '"');
    }
    vouch(
        "{\"file\":\""
            + path
            + (grows ? "\",\"grows\":true,\"sha256\":\"" : "\",\"sha256\":\"" + sha256(bytes(text)))
            + "\",\"lines\":["
            + String.join(",", lines)
            + "]");
  }

  /** Each entry is linked to those before it. */
  private void vouch(String entry) {
    chain = sha256(bytes(chain + entry));
    ledger.append(entry).append(",\"chain\":\"").append(chain).append("\"}\n");
  }

  private void addCheckpoint(Moment begin) {
    String directory = "checkpoints/update-" + sixDigits(begin.update()) + "/";
    Map<String, byte[]> saved = new LinkedHashMap<>();
    begin.criticFile().ifPresent(file -> saved.put("critic/" + begin.fileName(), file));
    saved.put(begin.fileName(), begin.policyFile());
    begin.trainer().reference().ifPresent(it -> saved.put("reference.bin", bytes(it)));
    String reference =
        begin
            .trainer()
            .reference()
            .map(it -> "  \"reference_version\" : " + it.version())
            .orElse("");
    String trainer = reference.isEmpty() ? "{ }\n" : "{\n" + reference + "\n}\n";
    saved.put("trainer.json", bytes(trainer));
    List<String> hashes = new ArrayList<>();
    saved.forEach(
        (file, content) -> {
          files.put(directory + file, content);
          hashes.add("    \"" + file + "\" : \"" + sha256(content) + '"');
        });
    String state =
        "{\n  \"schema\" : 2,\n  \"updates_done\" : "
            + begin.update()
            + ",\n  \"files_sha256\" : {\n"
            + String.join(",\n", hashes)
            + "\n  }";
    String own = sha256(bytes(state + "\n}\n"));
    add(directory + "state.json", state + ",\n  \"sha256\" : \"" + own + "\"\n}\n", false);
  }

  /** A vector as checkpoints have it: its length, then its numbers. */
  private static byte[] bytes(TrainerState.Reference reference) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(reference.parameters().size());
      for (int i = 0; i < reference.parameters().size(); i++) {
        out.writeDouble(reference.parameters().get(i));
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory is always written", e);
    }
    return bytes.toByteArray();
  }

  private static String sixDigits(int number) {
    String digits = Integer.toString(number);
    return "000000".substring(Math.min(6, digits.length())) + digits;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has it", e);
    }
  }
}
