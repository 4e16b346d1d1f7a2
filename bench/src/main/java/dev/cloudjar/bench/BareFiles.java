package dev.cloudjar.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The least that Netty needs to serve and take in files: what objects cost beyond it is the price of what S3
/// does.
public final class BareFiles {
    private BareFiles() {}

    /// Keeps its files in the folder that the argument names, and prints its address as the cloud does.
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        BareNetty.serve(0, () -> new Connection(folder));
    }

    /// One connection: a file by the last part of the path.
    private static final class Connection extends SimpleChannelInboundHandler<HttpObject> {
        private final Path folder;
        private Path target = Path.of("");
        private Path arriving = Path.of("");
        private @Nullable FileChannel file;

        Connection(Path folder) {
            this.folder = folder;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
            if (part instanceof HttpRequest request) {
                target = folder.resolve(request.uri().substring(request.uri().lastIndexOf('/') + 1));
                if (request.method().equals(HttpMethod.PUT)) {
                    arriving = folder.resolve("arriving-" + context.channel().id());
                    file = FileChannel.open(
                            arriving,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                }
            }
            if (part instanceof HttpContent content && file != null) {
                write(content.content());
            }
            if (part instanceof LastHttpContent) {
                answer(context);
            }
        }

        private void write(ByteBuf bytes) throws IOException {
            while (bytes.isReadable()) {
                bytes.readBytes(file, bytes.readableBytes());
            }
        }

        private void answer(ChannelHandlerContext context) throws IOException {
            if (file != null) {
                file.close();
                file = null;
                Files.move(arriving, target, StandardCopyOption.REPLACE_EXISTING);
                var done =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
                done.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
                var _ = context.writeAndFlush(done);
                return;
            }
            long size = Files.size(target);
            var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, size);
            var _ = context.write(head);
            var _ = context.write(new DefaultFileRegion(FileChannel.open(target), 0, size));
            var _ = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }
}
