package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;

/// The configuration documents of which a bucket has several, each with an id.
final class SeveralConfigurations implements S3 {
    static final String INVENTORY = "inventory";
    static final String ANALYTICS = "analytics";
    private static final String METRICS = "metrics";
    private static final String TIERING = Tiers.DOCUMENT;

    private final Configured configured;
    private final Inventory inventories;
    private final Analysis analyses;
    private final TierMoves moves;

    SeveralConfigurations(Configured configured, Inventory inventories, Analysis analyses, TierMoves moves) {
        this.moves = moves;
        this.configured = configured;
        this.inventories = inventories;
        this.analyses = analyses;
    }

    @Override
    public PutBucketInventoryConfigurationResponse putBucketInventoryConfiguration(
            PutBucketInventoryConfigurationRequest in) {
        InventoryConfiguration inventory = in.inventoryConfiguration();
        configured.putOne(in, INVENTORY, inventory.id(), inventory);
        inventories.schedule(in.bucket(), inventory);
        return new PutBucketInventoryConfigurationResponse();
    }

    @Override
    public GetBucketInventoryConfigurationOutput getBucketInventoryConfiguration(
            GetBucketInventoryConfigurationRequest in) {
        return new GetBucketInventoryConfigurationOutput()
                .inventoryConfiguration(configured.getOne(in, INVENTORY, new InventoryConfiguration()));
    }

    @Override
    public DeleteBucketInventoryConfigurationResponse deleteBucketInventoryConfiguration(
            DeleteBucketInventoryConfigurationRequest in) {
        configured.deleteOne(in, INVENTORY);
        return new DeleteBucketInventoryConfigurationResponse();
    }

    @Override
    public ListBucketInventoryConfigurationsOutput listBucketInventoryConfigurations(
            ListBucketInventoryConfigurationsRequest in) {
        var page = configured.list(in, INVENTORY, InventoryConfiguration::new);
        return new ListBucketInventoryConfigurationsOutput()
                .inventoryConfigurationList(page.items())
                .isTruncated(page.next().isPresent())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next());
    }

    @Override
    public PutBucketAnalyticsConfigurationResponse putBucketAnalyticsConfiguration(
            PutBucketAnalyticsConfigurationRequest in) {
        AnalyticsConfiguration analytics = in.analyticsConfiguration();
        SeveralRules.check(analytics);
        configured.putOne(in, ANALYTICS, analytics.id(), analytics);
        analyses.schedule(in.bucket(), analytics.id());
        return new PutBucketAnalyticsConfigurationResponse();
    }

    @Override
    public GetBucketAnalyticsConfigurationOutput getBucketAnalyticsConfiguration(
            GetBucketAnalyticsConfigurationRequest in) {
        return new GetBucketAnalyticsConfigurationOutput()
                .analyticsConfiguration(configured.getOne(in, ANALYTICS, new AnalyticsConfiguration()));
    }

    @Override
    public DeleteBucketAnalyticsConfigurationResponse deleteBucketAnalyticsConfiguration(
            DeleteBucketAnalyticsConfigurationRequest in) {
        configured.deleteOne(in, ANALYTICS);
        return new DeleteBucketAnalyticsConfigurationResponse();
    }

    @Override
    public ListBucketAnalyticsConfigurationsOutput listBucketAnalyticsConfigurations(
            ListBucketAnalyticsConfigurationsRequest in) {
        var page = configured.list(in, ANALYTICS, AnalyticsConfiguration::new);
        return new ListBucketAnalyticsConfigurationsOutput()
                .analyticsConfigurationList(page.items())
                .isTruncated(page.next().isPresent())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next());
    }

    @Override
    public PutBucketMetricsConfigurationResponse putBucketMetricsConfiguration(
            PutBucketMetricsConfigurationRequest in) {
        MetricsConfiguration metrics = in.metricsConfiguration();
        SeveralRules.check(metrics);
        configured.putOne(in, METRICS, metrics.id(), metrics);
        return new PutBucketMetricsConfigurationResponse();
    }

    @Override
    public GetBucketMetricsConfigurationOutput getBucketMetricsConfiguration(GetBucketMetricsConfigurationRequest in) {
        return new GetBucketMetricsConfigurationOutput()
                .metricsConfiguration(configured.getOne(in, METRICS, new MetricsConfiguration()));
    }

    @Override
    public DeleteBucketMetricsConfigurationResponse deleteBucketMetricsConfiguration(
            DeleteBucketMetricsConfigurationRequest in) {
        configured.deleteOne(in, METRICS);
        return new DeleteBucketMetricsConfigurationResponse();
    }

    @Override
    public ListBucketMetricsConfigurationsOutput listBucketMetricsConfigurations(
            ListBucketMetricsConfigurationsRequest in) {
        var page = configured.list(in, METRICS, MetricsConfiguration::new);
        return new ListBucketMetricsConfigurationsOutput()
                .metricsConfigurationList(page.items())
                .isTruncated(page.next().isPresent())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next());
    }

    @Override
    public PutBucketIntelligentTieringConfigurationResponse putBucketIntelligentTieringConfiguration(
            PutBucketIntelligentTieringConfigurationRequest in) {
        IntelligentTieringConfiguration tiering = in.intelligentTieringConfiguration();
        SeveralRules.check(tiering);
        configured.putOne(in, TIERING, tiering.id(), tiering);
        moves.schedule(in.bucket());
        return new PutBucketIntelligentTieringConfigurationResponse();
    }

    @Override
    public GetBucketIntelligentTieringConfigurationOutput getBucketIntelligentTieringConfiguration(
            GetBucketIntelligentTieringConfigurationRequest in) {
        return new GetBucketIntelligentTieringConfigurationOutput()
                .intelligentTieringConfiguration(configured.getOne(in, TIERING, new IntelligentTieringConfiguration()));
    }

    @Override
    public DeleteBucketIntelligentTieringConfigurationResponse deleteBucketIntelligentTieringConfiguration(
            DeleteBucketIntelligentTieringConfigurationRequest in) {
        configured.deleteOne(in, TIERING);
        return new DeleteBucketIntelligentTieringConfigurationResponse();
    }

    @Override
    public ListBucketIntelligentTieringConfigurationsOutput listBucketIntelligentTieringConfigurations(
            ListBucketIntelligentTieringConfigurationsRequest in) {
        var page = configured.list(in, TIERING, IntelligentTieringConfiguration::new);
        return new ListBucketIntelligentTieringConfigurationsOutput()
                .intelligentTieringConfigurationList(page.items())
                .isTruncated(page.next().isPresent())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next());
    }
}
