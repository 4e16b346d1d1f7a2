package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What S3 Control keeps of an account: its block of public access, and the tags of its buckets by their ARNs.
final class AccountSettings implements S3Control {
    private final AccountBlocks blocks;
    private final Buckets buckets;
    private final Documents documents;
    private final Labels labels;

    AccountSettings(Parts parts) {
        this.blocks = new AccountBlocks(parts.kernel(), parts.documents());
        this.buckets = parts.buckets();
        this.documents = parts.documents();
        this.labels = new Labels(parts.kernel());
    }

    @Override
    public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest in) {
        var block = in.publicAccessBlockConfiguration();
        blocks.put(
                in.accountId(),
                new AccountBlocks.Settings(
                        block.blockPublicAcls().orElse(false),
                        block.ignorePublicAcls().orElse(false),
                        block.blockPublicPolicy().orElse(false),
                        block.restrictPublicBuckets().orElse(false)));
        return new PutPublicAccessBlockResponse();
    }

    @Override
    public GetPublicAccessBlockOutput getPublicAccessBlock(GetPublicAccessBlockRequest in) {
        AccountBlocks.Settings block = blocks.find(in.accountId())
                .orElseThrow(() -> NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION.because(
                        "The public access block configuration was not found"));
        return new GetPublicAccessBlockOutput()
                .publicAccessBlockConfiguration(new PublicAccessBlockConfiguration()
                        .blockPublicAcls(block.blockPublicAcls())
                        .ignorePublicAcls(block.ignorePublicAcls())
                        .blockPublicPolicy(block.blockPublicPolicy())
                        .restrictPublicBuckets(block.restrictPublicBuckets()));
    }

    @Override
    public DeletePublicAccessBlockResponse deletePublicAccessBlock(DeletePublicAccessBlockRequest in) {
        blocks.remove(in.accountId());
        return new DeletePublicAccessBlockResponse();
    }

    private OwnedBucket bucket(String arn) {
        String name = Arn.parse(arn).map(Arn::resource).orElse(arn);
        return buckets.find(name)
                .orElseThrow(() -> Refusals.of("NoSuchResource", 404, "The specified resource doesn't exist."));
    }

    private Map<String, String> tags(String arn) {
        Optional<Map<String, String>> found = labels.find(arn);
        if (found.isPresent()) {
            return found.get();
        }
        OwnedBucket bucket = bucket(arn);
        return Tags.checked(
                documents
                        .find(bucket, Configurations.TAGGING, new S3.Tagging())
                        .map(S3.Tagging::tagSet)
                        .orElse(List.of()),
                Tags.MOST_OF_BUCKET);
    }

    private void retag(String arn, Map<String, String> tags) {
        if (labels.find(arn).isPresent()) {
            labels.put(arn, tags);
            return;
        }
        OwnedBucket bucket = bucket(arn);
        documents.put(bucket, Configurations.TAGGING, "", new S3.Tagging().tagSet(Tags.set(tags)));
        buckets.change(
                bucket, b -> tags.isEmpty() ? b.without(Configurations.TAGGING) : b.with(Configurations.TAGGING));
    }

    @Override
    public TagResourceResult tagResource(TagResourceRequest in) {
        var all = new LinkedHashMap<>(tags(in.resourceArn()));
        in.tags().forEach(tag -> all.put(tag.key(), tag.value()));
        retag(in.resourceArn(), Tags.checked(Tags.set(all), Tags.MOST_OF_BUCKET));
        return new TagResourceResult();
    }

    @Override
    public UntagResourceResult untagResource(UntagResourceRequest in) {
        var rest = new LinkedHashMap<>(tags(in.resourceArn()));
        in.tagKeys().forEach(rest::remove);
        retag(in.resourceArn(), rest);
        return new UntagResourceResult();
    }

    @Override
    public ListTagsForResourceResult listTagsForResource(ListTagsForResourceRequest in) {
        return new ListTagsForResourceResult()
                .tags(tags(in.resourceArn()).entrySet().stream()
                        .map(tag -> new S3Control.Tag().key(tag.getKey()).value(tag.getValue()))
                        .toList());
    }
}
