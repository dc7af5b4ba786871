#!/usr/bin/env bash
# With more than one fork, Maven Surefire and Failsafe load the test classes in Maven's own process, whatever JDK a
# toolchain names for the tests.
#
# Seen with: maven-surefire-plugin 3.5.6, maven-toolchains-plugin 3.3.0, JUnit Jupiter 6.0.1; Maven on JDK 17, tests on
#            JDK 25.
# Expected:  that compiler and tests use the toolchain's JDK, however many processes run the tests. With one fork it is
#            so: Maven may run on an older JDK than the one that the project needs.
# Behaviour: with forkCount=2 the plugin looks for the test classes itself, to hand them out, and does so in Maven's
#            process. Maven's older JDK cannot read classes of the newer one: UnsupportedClassVersionError, and no test
#            runs.
# Output:    for forkCount 1 and 2 whether the build succeeded, and the error's name.
#
# Downloads the packages with Maven into its own cache. Needs mvn, a JDK 17 to 24 and a JDK 25 (/usr/lib/jvm). Exit 0:
# as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

older=
newer=
for home in /usr/lib/jvm/*; do
    if grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then newer=$home; fi
    if [ -x "$home/bin/javac" ] && grep -Eqs '^JAVA_VERSION="(17|18|19|2[0-4])["._+-]' "$home/release"; then older=$home; fi
done
if [ -z "$older" ] || [ -z "$newer" ]; then echo "no JDK 17 to 24 beside a JDK 25 in /usr/lib/jvm" >&2; exit 77; fi
command -v mvn > /dev/null || { echo "no mvn here" >&2; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > toolchains.xml <<XML
<toolchains>
    <toolchain>
        <type>jdk</type>
        <provides><version>25</version></provides>
        <configuration><jdkHome>$newer</jdkHome></configuration>
    </toolchain>
</toolchains>
XML
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
    <properties>
        <maven.compiler.release>25</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    </properties>
    <dependencies>
        <dependency>
            <groupId>org.junit.jupiter</groupId>
            <artifactId>junit-jupiter</artifactId><version>6.0.1</version><scope>test</scope>
        </dependency>
    </dependencies>
    <build>
        <plugins>
            <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-toolchains-plugin</artifactId><version>3.3.0</version>
                <executions><execution><goals><goal>toolchain</goal></goals></execution></executions>
                <configuration><toolchains><jdk><version>25</version></jdk></toolchains></configuration>
            </plugin>
            <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version>
            </plugin>
            <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-surefire-plugin</artifactId><version>3.5.6</version>
            </plugin>
        </plugins>
    </build>
</project>
POM
mkdir -p src/test/java
for name in OneTest OtherTest; do
    printf 'class %s {\n    @org.junit.jupiter.api.Test\n    void runs() {}\n}\n' "$name" > "src/test/java/$name.java"
done

# build FORKS: what came of it
build() {
    if JAVA_HOME=$older mvn -B -t toolchains.xml "-DforkCount=$1" test > "build-$1.log" 2>&1; then
        echo "forkCount=$1: succeeded"
    else
        echo "forkCount=$1: failed, $(grep -oE 'UnsupportedClassVersionError|Could not (resolve|transfer)' "build-$1.log" | sort -u | head -n 1)"
    fi
}

one=$(build 1)
two=$(build 2)
echo "$one"
echo "$two"
case $one$two in *Could\ not*) echo "the packages cannot be had" >&2; exit 77 ;; esac
if [ "$one$two" != 'forkCount=1: succeededforkCount=2: failed, UnsupportedClassVersionError' ]; then
    echo "this has changed" >&2
    tail -n 20 build-1.log build-2.log >&2
    exit 1
fi
