package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Kernel;

/// What the operations of S3 share: whoever answers some of them is made of these.
record Parts(
        Kernel kernel,
        Buckets buckets,
        Objects objects,
        Contents contents,
        Documents documents,
        Encrypting encrypting,
        Locks locks,
        Changes changes) {
    static Parts of(Kernel kernel) {
        var objects = new Objects(kernel);
        var documents = new Documents(kernel);
        var buckets = new Buckets(kernel, objects, documents);
        return new Parts(
                kernel,
                buckets,
                objects,
                new Contents(kernel),
                documents,
                new Encrypting(kernel, documents),
                new Locks(kernel, documents),
                new Changes(kernel, documents, objects));
    }
}
