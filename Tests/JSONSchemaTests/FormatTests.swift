import Testing

@testable import JSONSchema

extension Format {
    fileprivate func accepts(_ text: String) -> Bool {
        accepts(bytes: Array(text.utf8))
    }

    fileprivate func accepts(bytes: [UInt8]) -> Bool {
        isValid(bytes.span)
    }
}

private func check(_ format: Format, valid: [String], invalid: [String]) {
    for text in valid { #expect(format.accepts(text), "\(format.rawValue) refuses \(text.debugDescription)") }
    for text in invalid {
        #expect(!format.accepts(text), "\(format.rawValue) accepts \(text.debugDescription)")
    }
}

@Suite struct FormatTests {
    @Test func knowsTheNineteenNames() {
        #expect(Format.allCases.count == 19)
        #expect(Format(name: "relative-json-pointer") == .relativeJSONPointer)
        #expect(Format(name: "color") == nil)
    }

    /// Every proper prefix and every one-byte change must be judged without trapping.
    @Test(arguments: [
        (Format.date, "2024-02-29"), (.time, "23:59:60.5+00:00"), (.dateTime, "2024-02-29T00:00:00Z"),
        (.duration, "P1Y2M3DT4H5M6S"), (.email, #""a\"b"@[IPv6:::1]"#), (.idnEmail, "é@ü.com"),
        (.hostname, "xn--9n2bp8q.xn--9t4b11yi5a"), (.idnHostname, "실례.테스트"), (.ipv4, "192.168.0.1"),
        (.ipv6, "1::2:192.168.0.1"), (.uri, "http://u:p@[::1]:80/%41?q#f"), (.iri, "http://ƒøø.ßår/é?é#é"),
        (.uriTemplate, "a%41{+x:12,y*}{?z.%41}"), (.jsonPointer, "/a~0/~1"), (.relativeJSONPointer, "1+2#"),
        (.uuid, "2eb8aa08-aa98-11ea-b4aa-73b441d16380"), (.regex, #"^(?<n>[\d-]+)\p{L}{2}$"#),
    ])
    func survivesDamage(format: Format, text: String) {
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count { _ = format.accepts(bytes: Array(bytes[..<length])) }
        for offset in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var damaged = bytes
                damaged[offset] = byte
                _ = format.accepts(bytes: damaged)
                _ = format.accepts(bytes: Array(bytes[..<offset]) + [byte] + bytes[offset...])
            }
        }
        #expect(format.accepts(text))
    }
}

@Suite struct FormatDateTests {
    @Test func dates() {
        check(
            .date, valid: ["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"],
            invalid: [
                "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-04-31", "2024-01-00",
                "2024-1-1",
                "2024-01-01 ", "", "20240101", "2024-01-0১",
            ])
    }

    @Test func times() {
        check(
            .time, valid: ["08:30:06Z", "08:30:06.283185z", "23:59:60Z", "15:59:60-08:00", "00:29:60-23:30"],
            invalid: [
                "08:30:06", "24:00:00Z", "08:60:00Z", "08:30:61Z", "22:59:60Z", "08:30:06.Z",
                "08:30:06+24:00",
            ])
    }

    @Test func dateTimes() {
        check(
            .dateTime,
            valid: ["2024-02-29T08:30:06Z", "1985-04-12t23:20:50.52-00:00", "1998-12-31T15:59:60.1-08:00"],
            invalid: [
                "2024-02-30T08:30:06Z", "2024-02-29 08:30:06Z", "2024-02-29T08:30:06", "2024-02-29",
                "T08:30:06Z",
            ])
    }

    @Test func durations() {
        check(
            .duration, valid: ["P1D", "P1Y2M3DT4H5M6S", "PT36H", "P2W", "P1M", "PT1M", "P1Y2MT1H"],
            invalid: [
                "P", "PT", "P1DT", "P1Y2D", "PT1H2S", "P1W2D", "P1", "PD", "P1H", "1D", "P0.5D", "P2D1Y",
            ])
    }
}

@Suite struct FormatNetworkTests {
    @Test func addresses() {
        check(
            .ipv4, valid: ["0.0.0.0", "255.255.255.255"],
            invalid: ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", ""])
        check(
            .ipv6,
            valid: [
                "::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4",
                "1:2:3:4:5:6:7::",
            ],
            invalid: [
                "", ":", ":::", "1", "1:2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::", "::1.2.3", "1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "::1:",
                "fe80::1%eth0",
            ])
    }

    @Test func mailboxes() {
        let long = String(repeating: "a", count: 65)
        check(
            .email,
            valid: [
                "a@b", "joe.bloggs+x@example.com", #""a b\"c"@example.com"#, "a@[127.0.0.1]", "a@[IPv6:::1]",
            ],
            invalid: [
                "", "a", "@", "a@", "@b", ".a@b", "a.@b", "a..b@c", "a b@c", "a@b@c", "a@-b", "a@b.",
                "a@[1.2.3]",
                "a@[::1]", #""a"b@c"#, #""a@c"#, #""\"#, "é@b", "a@é", "\(long)@b",
            ])
        check(
            .idnEmail, valid: ["a@b", "실례@실례.테스트", "\"δ\"@b", "\u{85}@b"],
            invalid: ["실례", "@실례", "실례@", "실례@-a", "실 례@b"])
    }

    @Test func hostNames() {
        let label = String(repeating: "a", count: 63)
        check(
            .hostname,
            valid: ["a", "1host", "a--b.com", "\(label).com", "xn--9n2bp8q.xn--9t4b11yi5a", "XN--9N2BP8Q"],
            invalid: [
                "", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "\(label)a.com", "é.com", "xn--X", "xn--",
                "xn--a-",
                "xn--07jt112bpxg", [label, label, label, label].joined(separator: "."),
            ])
    }

    @Test func internationalHostNames() {
        check(
            .idnHostname,
            valid: [
                "실례.테스트", "Example.com", "bücher.example", "a。b", "l·l", "α͵β", "א׳ב", "・ぁ",
                "क\u{94D}\u{200D}ष", "ب٠ب",
            ],
            invalid: [
                "", "。", "a。", "-é", "é-", "ab--é", "aa--bb", "Bücher.example", "\u{300}a", "cafe\u{301}.com",
                "é\u{327}",
                "l·a",
                "α͵s", "a׳ב", "def・abc", "क\u{200D}ष", "ب٠۰", "a\u{200C}b", "0a.א", "aא", "א0٠", "〱", "™",
                "ﬁ",
                "xn--7a", "xn--example-", "a\u{2D}\u{302E}", "한\u{1161}", String(repeating: "ü", count: 60),
            ])
    }

    /// The sample strings of RFC 3492, section 7.1.
    @Test(arguments: [
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"), ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
        ("bücher", "bcher-kva"),
        ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"), ("-> $1.00 <-", "-> $1.00 <--"),
    ])
    func punycodeBothWays(text: String, encoded: String) {
        let scalars = text.unicodeScalars.map(\.value)
        #expect(Punycode.encode(scalars) == Array(encoded.utf8))
        #expect(Punycode.decode(Array(encoded.utf8)[...]) == scalars)
    }

    @Test(arguments: ["99999999", "zzzzzzzzzzzzzzzzzz", "é", "a-b!", "\u{10}"])
    func punycodeThatOverflowsIsRefused(encoded: String) {
        #expect(Punycode.decode(Array(encoded.utf8)[...]) == nil)
    }
}

@Suite struct FormatIdentifierTests {
    @Test func resourceIdentifiers() {
        let absolute = [
            "http://foo.bar/?baz=qux#quux", "mailto:a@b", "urn:a:b", "a:", "http://u@h:80/p",
            "http://[::1]:80",
            "http://[v1.a:b]/", "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", "http://h:",
            "file:///a",
        ]
        let broken = [
            "http://h:a", "http://[::1", "http://[::1]a", "http://a@b@c", "a:%4", "a:%zz", "a b:", "a:\\",
            "a:^",
            "http://[]", "http://[v.a]", "a:/[", "a:?#a#", "1:b", ":",
        ]
        check(.uri, valid: absolute, invalid: broken + ["", "//h/p", "/a", "a", "#a", "http://é", "a:é"])
        check(
            .uriReference, valid: absolute + ["", "//h/p", "/a", "a", "#a", "?a", "./a:b", "a/b:c", "a?b:c"],
            invalid: broken + ["1a:b", "é", "//h:a", "\\\\a"])
        check(
            .iri, valid: absolute + ["http://ƒøø.ßår/?∂éœ=πîx#πîüx", "a:?\u{F0000}"],
            invalid: broken + ["é", "a:\u{F0000}", "a:\u{FFFE}", "a:\u{80}", "é:a"])
        check(.iriReference, valid: absolute + ["é", "//é/é", "#é"], invalid: broken + ["é:a", "é\\"])
    }

    @Test func uuids() {
        check(
            .uuid, valid: ["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
            invalid: ["", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4ga-73b441d16380"])
    }

    @Test func pointers() {
        check(
            .jsonPointer, valid: ["", "/", "/a~0b/~1", "/é/%a"], invalid: ["a", "#/a", "/~", "/~2", "/a~"])
        check(
            .relativeJSONPointer, valid: ["0", "1/a", "10#", "0+1", "2-3/a", "0-1#"],
            invalid: ["", "/a", "01", "-1", "0##", "1a", "0+", "0+0", "0+01", "1#/a"])
    }

    @Test func templates() {
        check(
            .uriTemplate, valid: ["", "a/{b}", "{+a,b*}", "{?a.b:30}", "{%41}", "é'", "a%41"],
            invalid: [
                "{", "}", "{}", "{a", "{a,}", "{a:0}", "{a:}", "{a:10000}", "{a..b}", "a b", "%4", "{a b}",
                "\u{7F}",
            ])
    }

    @Test func regularExpressions() {
        check(
            .regex, valid: ["", "^a$", #"(a)\1"#, "(?<=a+)b", "[^]", "(?<n>a)"],
            invalid: ["(", #"\a"#, "(?P<n>a)", "(?i)a", "^(abc]", #"\1"#])
    }
}
