import Arrays
import Export
import TerminalUI
import Testing
import Trace

struct ExportFormatTests {
  @Test func everyFormatHasItsOwnNameAndEnding() {
    let formats = ExportFormat.all
    #expect(
      formats.map(\.name) == [
        "csv", "jsonl", "markdown", "npy", "safetensors", "tensorboard", "asciicast", "svg", "html", "ansi",
      ])
    let endings = formats.compactMap(\.fileEnding)
    #expect(Set(endings).count == endings.count)
    for format in formats {
      #expect((format.fileEnding == nil) == (format.nameInFolder != nil), "\(format.name)")
      #expect(ExportFormat.named(format.name)?.name == format.name)
    }
    #expect(ExportFormat.named("none") == nil)
  }

  @Test(
    arguments: [
      (nil, "csv"), ("run", "csv"), ("a.b/run", "csv"), ("a.b/run.JSONL", "jsonl"), ("report.md", "markdown"),
      ("w.npy", "npy"), ("run.cast", "asciicast"), ("a.svg", "svg"), ("a.html", "html"), ("a.ans", "ansi"),
      ("x.foo", nil), ("run.tapedeck", nil),
    ] as [(String?, String?)])
  func theEndingOfAFileChoosesTheFormat(_ path: String?, _ name: String?) {
    #expect(ExportFormat.forFile(path)?.name == name)
  }

  @Test func optionsOfOtherFormatsAreRefusedInASentence() {
    #expect(ExportFormat.asciicast.problem(withOptions: [.node, .size]) == nil)
    #expect(
      ExportFormat.commaSeparated.problem(withOptions: [.step])
        == "--step expects --format npy, safetensors, asciicast, svg, html or ansi, but got --format csv.")
    #expect(
      ExportFormat.numpy.problem(withOptions: [.step])
        == "--format npy expects --node, the node whose tensor is written.")
  }

  @Test func aReportHasTablesOfTheSettingsAndTheEpochs() throws {
    var archive = TestArchive.run(3)
    archive.happened[0].text = "a|b\u{1b}"
    let text = String(decoding: try written(TestSource(archive: archive).write(.markdown)), as: UTF8.self)
    #expect(
      text == """
        # digits, 2→1

        | setting | value |
        | --- | --- |
        | data | digits |
        | network | 2→1 |
        | optimizer | SGD lr 0.1 |
        | batch | 4 |
        | seed | 1 |
        | steps | 3 of 3 |
        | program | test |
        | machine | test |

        ## Epochs

        | epoch | step | loss | validation loss | training accuracy | validation accuracy | seconds |
        | --- | --- | --- | --- | --- | --- | --- |
        | 1 | 3 | 0.5000 | 0.7500 | 90.0 % | 80.0 % | 2.00 |

        ## Events

        - step 2, change: a\\|b\\\\u{1b}

        """)
  }

  @Test func aReportOfAScriptLeavesOutWhatIsNotKnown() throws {
    var archive = TestArchive.run(3)
    archive.batchSize = 0
    let text = String(decoding: try written(TestSource(archive: archive).write(.markdown)), as: UTF8.self)
    #expect(text.contains("| optimizer | SGD lr 0.1 |\n| steps | 3 |\n| program | test |"))
    #expect(!text.contains("| batch |") && !text.contains("| seed |"))
  }
}
