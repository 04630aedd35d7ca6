import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the reader to a pack of vectors: java Vectors PACK. */
public final class Vectors {
    public static void main(String[] arguments) throws Exception {
        Path pack = Path.of(arguments[0]);
        Map<String, Object> index = read(pack.resolve("index.json"));
        String rules = Files.readString(pack.resolve((String) index.get("rules")));
        double moment = (Long) index.get("moment");
        int count = 0, wrong = 0;
        for (Object listed : (List<?>) index.get("areas")) {
            Map<String, Object> file = read(pack.resolve((String) Reader.object(listed).get("file")));
            List<String> areas = List.of((String) file.get("area")), secrets = texts(file.get("secrets"));
            Reader careful = new Reader(rules, areas, secrets, false, () -> moment);
            Reader taking = new Reader(rules, areas, secrets, true, () -> moment);
            for (Object one : (List<?>) file.get("vectors")) {
                Map<String, Object> vector = Reader.object(one);
                Reader reader = vector.get("accept_unsigned").equals(true) ? taking : careful;
                String got = outcome(reader, vector), expected = normal(Reader.object(vector.get("expect")));
                count++;
                if (!got.equals(expected)) {
                    wrong++;
                    System.out.println("WRONG " + vector.get("name") + "\n" + got + "\n" + expected);
                }
            }
        }
        System.out.println(count + " vectors, " + wrong + " wrong");
        System.exit(wrong > 0 ? 1 : 0);
    }

    private static String outcome(Reader reader, Map<String, Object> vector) {
        byte[] body = Base64.getDecoder().decode((String) vector.get("body"));
        List<List<String>> headers =
                ((List<?>) vector.get("headers")).stream().map(Vectors::texts).toList();
        try {
            Reader.Event event = reader.receive(
                    (String) vector.get("method"), (String) vector.get("url"), headers, body);
            Map<String, Object> values = new TreeMap<>();
            leaves(event.payload(), "", values);
            return normal(Map.of("accepted", true, "callback", event.callback(),
                    "dedupe_key", event.dedupeKey(), "values", values));
        } catch (Reader.Rejected error) {
            return normal(Map.of("accepted", false, "kind", error.kind, "reason", error.reason));
        }
    }

    private static void leaves(Object value, String path, Map<String, Object> into) {
        if (value instanceof Map<?, ?> fields && !fields.isEmpty())
            fields.forEach((name, one) -> leaves(one,
                    path + "/" + name.toString().replace("~", "~0").replace("/", "~1"), into));
        else if (value instanceof List<?> items && !items.isEmpty())
            for (int at = 0; at < items.size(); at++) leaves(items.get(at), path + "/" + at, into);
        else if (value instanceof Map || value instanceof List)
            into.put(path, List.of("empty", value.toString()));
        else if (value instanceof String) into.put(path, List.of("text", value));
        else into.put(path, List.of(value instanceof Number ? "number" : "word", String.valueOf(value)));
    }

    /** An outcome as one text: digits as they are, other numbers as doubles. */
    private static String normal(Map<String, Object> outcome) {
        Map<String, Object> sorted = new TreeMap<>(outcome);
        Map<String, Object> values = new TreeMap<>();
        Reader.object(outcome.getOrDefault("values", Map.of())).forEach((path, leaf) -> {
            List<String> pair = texts(leaf);
            boolean isDouble = pair.get(0).equals("number") && !pair.get(1).matches("-?[0-9]+");
            values.put(path, isDouble ? Double.valueOf(pair.get(1)) : pair);
        });
        sorted.put("values", values);
        return sorted.toString();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    private static Map<String, Object> read(Path file) throws IOException, Body.Unreadable {
        return Reader.object(Body.readJson(Files.readString(file)));
    }
}
