import Diagnostics
import Testing

@Suite struct MachineFormatTests {
    @Test func `json holds everything in a fixed order`() {
        let finding = SampleReport.finding(
            .schemaType, "a.yaml", 2, 3, 4, "a \"quoted\" \u{1} word", hint: nil, pointer: "/a~1b",
            related: [RelatedLocation(SampleReport.location("b.yaml", 5, 6, 7), "here")])
        let json = Report([finding], checkedFileCount: 9, suppressedCount: 2).rendered(as: .json) { _ in nil }
        #expect(
            json == #"""
                {
                  "version": 1,
                  "summary": {
                    "files": 9,
                    "errors": 1,
                    "warnings": 0,
                    "notes": 0,
                    "suppressed": 2,
                    "omitted": 0
                  },
                  "findings": [
                    {
                      "rule": "schema/type",
                      "severity": "error",
                      "path": "a.yaml",
                      "line": 2,
                      "column": 3,
                      "end_line": 2,
                      "end_column": 7,
                      "pointer": "/a~1b",
                      "message": "a \"quoted\" \u0001 word",
                      "hint": null,
                      "related": [
                        {
                          "path": "b.yaml",
                          "line": 5,
                          "column": 6,
                          "end_line": 5,
                          "end_column": 13,
                          "label": "here"
                        }
                      ]
                    }
                  ]
                }

                """#)
    }

    @Test func `junit has a suite for each file and a case for each finding`() {
        #expect(
            SampleReport.rendered(.junit) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="registry" tests="3" failures="2" skipped="1">
                  <testsuite name="accelerators" tests="1" failures="0" skipped="1">
                    <testcase name="suppression/unused at 1:1" classname="accelerators" \
                file="accelerators" line="1">
                      <skipped message="the collection &quot;accelerators&quot; has no files"/>
                    </testcase>
                  </testsuite>
                  <testsuite name="models/acme/rocket-1.yaml" tests="2" failures="2" skipped="0">
                    <testcase name="path/mismatch at 1:5" classname="models/acme/rocket-1.yaml" \
                file="models/acme/rocket-1.yaml" line="1">
                      <failure type="path/mismatch" message="&quot;acme/rocket-1&quot; is not the path">\
                models/acme/rocket-1.yaml:1:5: &quot;acme/rocket-1&quot; is not the path</failure>
                    </testcase>
                    <testcase name="schema/unknown-key at 3:2" classname="models/acme/rocket-1.yaml" \
                file="models/acme/rocket-1.yaml" line="3">
                      <failure type="schema/unknown-key" message="unknown key &quot;contxt&quot;">\
                models/acme/rocket-1.yaml:3:2: unknown key &quot;contxt&quot;&#10;hint: did you mean \
                &quot;context&quot;?</failure>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test func `junit of a clean run has one test that passed`() {
        let xml = Report([], checkedFileCount: 2).rendered(as: .junit) { _ in nil }
        #expect(
            xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="registry" tests="1" failures="0" skipped="0">
                  <testsuite name="registry" tests="1" failures="0" skipped="0">
                    <testcase name="2 files checked, no findings" classname="registry"/>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test func `junit escapes markup and shows what XML cannot hold`() {
        let finding = SampleReport.finding(
            .schemaType, "a", 1, 1, 1, "]]><x a='b'>&\u{0}\u{1B}\u{FFFE}\t", severity: .note)
        let xml = Report([finding], checkedFileCount: 1).rendered(as: .junit) { _ in nil }
        #expect(
            xml.contains(
                "<system-out>a:1:1: ]]&gt;&lt;x a='b'&gt;&amp;&lt;U+0000&gt;&lt;U+001B&gt;&lt;U+0009&gt;</system-out>"
            ))
    }
}
