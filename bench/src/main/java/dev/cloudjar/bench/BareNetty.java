package dev.cloudjar.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// The frame of a bare server: Netty's HTTP codec and one handler a connection.
final class BareNetty {
    private BareNetty() {}

    /// Serves on so many event loops, 0 for as many as Netty thinks fit, and prints the address as the cloud
    /// does.
    static void serve(int loops, Supplier<ChannelHandler> handler) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(loops, factory))
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec()).addLast(handler.get());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println("Ready at http://localhost:" + ((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().sync();
    }
}
