import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j Community server on 127.0.0.1 for one test run.
 *
 * <p>{@code java -cp "lib/*" Neo4jServer.java HOME PORT [CERTIFICATES]} reads the password from the first line of its
 * standard input, prints "ready" when it answers, and ends when its standard input does.
 */
public class Neo4jServer {
  public static void main(String[] args) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    String password = input.readLine();
    // One that is started again has its password, and takes the same only once.
    boolean isNew = Files.notExists(Path.of(args[0], "data"));
    SocketAddress address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    DatabaseManagementServiceBuilder builder =
        new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .setConfig(BoltConnector.advertised_address, address)
            .setConfig(HttpConnector.enabled, false)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.transaction_monitor_check_interval, Duration.ofMillis(200));
    if (args.length > 2) { // a folder with private.key and public.crt: TLS and nothing else
      SslPolicyConfig tls = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
      builder
          .setConfig(tls.enabled, true)
          .setConfig(tls.base_directory, Path.of(args[2]))
          .setConfig(tls.client_auth, ClientAuth.NONE)
          .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.REQUIRED);
    }
    DatabaseManagementService server = builder.build();
    try {
      GraphDatabaseService system = server.database("system");
      if (isNew) {
        system.executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            Map.of("password", password));
      }
      System.out.println("ready");
      // What the database refuses while it may only be read: "read-only" and "read-write" set it.
      Config config =
          ((GraphDatabaseAPI) system).getDependencyResolver().resolveDependency(Config.class);
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Set<String> databases = line.equals("read-only") ? Set.of("neo4j") : Set.of();
        config.setDynamic(GraphDatabaseSettings.read_only_databases, databases, "tests");
        System.out.println("done");
      }
    } finally {
      server.shutdown();
    }
  }
}
