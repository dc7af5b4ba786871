package org.starttlscensus.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A large RSA key that is made and signs within a second. Its modulus is the product of many small primes, each one
 * more than a product of very small ones. So its private exponent is short. Worthless as a key, and right in every
 * signature.
 */
final class SmoothRsaKey {

    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final int PRIME_BITS = 256;
    /** The very small primes; 65,537 is not among them. */
    private static final List<BigInteger> FACTORS = IntStream.rangeClosed(3, 311)
            .mapToObj(BigInteger::valueOf)
            .filter(number -> number.isProbablePrime(30))
            .toList();

    private SmoothRsaKey() {}

    static KeyPair of(int bits) throws GeneralSecurityException {
        var half = bits / 2;
        Set<BigInteger> used = new HashSet<>();
        var random = new Random(7);
        var p = product(half, used, random);
        var q = product(bits - half, used, random);
        var order = FACTORS.stream().reduce(BigInteger.TWO, BigInteger::multiply);
        var secret = EXPONENT.modInverse(order);
        var modulus = p.multiply(q);
        var keys = KeyFactory.getInstance("RSA");
        return new KeyPair(
                keys.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                keys.generatePrivate(
                        new RSAPrivateCrtKeySpec(modulus, EXPONENT, secret, p, q, secret, secret, q.modInverse(p))));
    }

    /** The product of primes not yet used, of exactly this many bits. */
    private static BigInteger product(int bits, Set<BigInteger> used, Random random) {
        var product = BigInteger.ONE;
        while (product.bitLength() < bits) {
            var left = bits - product.bitLength();
            var prime = prime(left > PRIME_BITS + 100 ? PRIME_BITS : left, random);
            var longer = product.multiply(prime);
            var fits = longer.bitLength() == bits || bits - longer.bitLength() > PRIME_BITS;
            if (fits && used.add(prime)) product = longer;
        }
        return product;
    }

    /** Of this many bits or a few more or less. */
    private static BigInteger prime(int bits, Random random) {
        while (true) {
            var factors = new ArrayList<>(FACTORS);
            Collections.shuffle(factors, random);
            var product = BigInteger.TWO;
            for (var factor : factors) {
                if (product.bitLength() + factor.bitLength() <= bits + 1) product = product.multiply(factor);
            }
            var candidate = product.add(BigInteger.ONE);
            if (candidate.isProbablePrime(40)) return candidate;
        }
    }
}
