import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** DynamoDB Local with its own arguments, but listening on loopback: by itself it listens on every address. */
class OnLoopback {
  public static void main(String[] arguments) throws Exception {
    DynamoDBProxyServer runner = ServerRunner.createServerFromCommandLineArgs(arguments);
    var field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    for (Connector connector : ((Server) field.get(runner)).getConnectors()) {
      ((ServerConnector) connector).setHost("127.0.0.1");
    }
    runner.start();
    runner.join();
  }
}
