package org.grpo4j.course.source;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Records from YAML: a key is a component, a key that no component has is an error, and so is a
 * missing one. A list may be left out, which is the empty list if the record says so.
 */
public final class CourseYaml {

  private static final ObjectMapper RECORDS =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private CourseYaml() {}

  /**
   * The value that {@code text} describes.
   *
   * @param name what to call the text in messages
   * @throws IllegalArgumentException if it is no YAML or not of the type; names the place
   */
  public static <T> T read(String text, String name, TypeReference<T> type) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object tree = new Yaml(new SafeConstructor(options)).load(text);
      if (tree == null) {
        throw new IllegalArgumentException(name + ": is empty");
      }
      return RECORDS.convertValue(tree, type);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new IllegalArgumentException(name + ":" + line + ": not valid YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new IllegalArgumentException(name + ": not valid YAML: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw e.getCause() instanceof JsonMappingException wrong
          ? new IllegalArgumentException(name + ": " + problem(wrong))
          : e;
    }
  }

  /** The place and what is wrong there: the record's own complaint, if it has one. */
  private static String problem(JsonMappingException wrong) {
    String place = wrong.getPathReference().replaceAll("(^|->)[\\w.$]+", "$1");
    String message =
        wrong.getCause() instanceof IllegalArgumentException own
            ? String.valueOf(own.getMessage())
            : wrong.getOriginalMessage();
    return place + ": " + message;
  }
}
