plugins {
    java
}

repositories {
    mavenCentral()
    mavenLocal() // for a Cloudjar that was built here: examples/try sets maven.repo.local
}

dependencies {
    implementation(platform("software.amazon.awssdk:bom:2.54.14"))
    implementation("software.amazon.awssdk:sqs")
    implementation("software.amazon.awssdk:s3")
    implementation("software.amazon.awssdk:dynamodb")
    testImplementation("dev.cloudjar:cloudjar-testkit:0.1.0-SNAPSHOT")
    testImplementation("org.junit.jupiter:junit-jupiter:5.14.4")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher:1.14.4")
}

tasks.test {
    useJUnitPlatform()
    systemProperties(System.getProperties().filterKeys { it.toString().startsWith("cloudjar.") }.mapKeys { it.key.toString() })
}
