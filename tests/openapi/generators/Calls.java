import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openapitools.client.ApiClient;
import org.openapitools.client.JSON;

/** Makes every call by the client that openapi-generator wrote, and prints what its types have read: CALLS URL. */
public final class Calls {
    private static final Gson PLAIN = new Gson();

    public static void main(String[] given) throws Exception {
        JsonArray calls = PLAIN.fromJson(Files.readString(Path.of(given[0])), JsonArray.class);
        ApiClient client = new ApiClient().setBasePath(given[1]);
        for (JsonElement one : calls) {
            JsonObject call = one.getAsJsonObject();
            JsonObject line = new JsonObject();
            line.add("id", call.get("id"));
            try {
                line.add("reply", PLAIN.fromJson(JSON.serialize(make(call, client)), JsonElement.class));
            } catch (InvocationTargetException failed) {
                line.addProperty("error", String.valueOf(failed.getCause()));
            }
            System.out.println(line);
        }
    }

    private static Object make(JsonObject call, ApiClient client) throws Exception {
        String section = call.get("section").getAsString();
        Class<?> api = Class.forName("org.openapitools.client.api." + section + "Api");
        String name = call.get("name").getAsString();
        for (Method method : api.getMethods()) {
            if (method.getName().equals(name)) {
                Object service = api.getConstructor(ApiClient.class).newInstance(client);
                return method.invoke(service, arguments(call, method).toArray());
            }
        }
        throw new IllegalStateException("there is no call " + name);
    }

    private static List<Object> arguments(JsonObject call, Method method) {
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            JsonElement value = value(call, parameter.getName());
            arguments.add(value == null ? null : JSON.deserialize(value.toString(), parameter.getType()));
        }
        return arguments;
    }

    private static JsonElement value(JsonObject call, String parameter) {
        JsonObject query = call.getAsJsonObject("query");
        for (String name : query.keySet()) {
            if (name.replace("_", "").toLowerCase(Locale.ROOT).equals(parameter.toLowerCase(Locale.ROOT))) {
                return query.get(name);
            }
        }
        JsonArray path = call.getAsJsonArray("path");
        if (!path.isEmpty()) {
            return path.get(0);
        }
        return parameter.endsWith("Request") ? call.get("body") : null;
    }
}
