import Export
import Foundation
import Testing
import Trace

struct TableExportTests {
  @Test func aTableHasARowForEachStep() throws {
    let text = String(decoding: try written(CommaSeparatedTable(TestArchive.run(3)).write), as: UTF8.self)
    #expect(
      text == """
        iteration,loss,accuracy,learning_rate,seconds,validation_loss,validation_accuracy,\
        gradient_norm.fc1.weight,gradient_norm.fc1.bias
        1,1.0,0.5,0.1,0.25,,,2.0,0.25
        2,0.5,,0.1,0.5,,,2.0,0.25
        3,nan,0.5,0.1,0.75,0.75,0.8,2.0,0.25

        """)
  }

  @Test func aLongTableIsWholeThoughItIsWrittenInPieces() throws {
    var pieces = 0
    var rows = 0
    try CommaSeparatedTable(TestArchive.run(20_000)).write { piece in
      pieces += 1
      rows += piece.count { $0 == UInt8(ascii: "\n") }
    }
    #expect(rows == 20_001)
    #expect(pieces == 4)
  }

  @Test func noNameCommandsTheTerminal() throws {
    var archive = TestArchive.run(1)
    archive.parameterNames = ["a\u{1b}[2J", "b\u{7f}\u{9b}\u{202e}"]
    let table = String(decoding: try written(CommaSeparatedTable(archive).write), as: UTF8.self)
    #expect(table.hasPrefix("iteration,") && table.contains(",gradient_norm.a\\u{1b}[2J,"))
    let lines = try written(JSONLines(archive).write)
    for scalar in (table + String(decoding: lines, as: UTF8.self)).unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control && scalar != "\u{202e}")
    }
    let line = try #require(lines.split(separator: UInt8(ascii: "\n")).first)
    let object = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    let description = try #require(object["description"] as? [String: Any])
    #expect(description["parameterNames"] as? [String] == archive.parameterNames)
  }

  @Test func everyLineOfJSONIsAnObjectWithItsType() throws {
    let text = String(decoding: try written(JSONLines(TestArchive.run(3)).write), as: UTF8.self)
    let objects = try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(
      objects.compactMap { $0["type"] as? String } == [
        "run", "iteration", "iteration", "iteration", "epoch", "event",
      ])
    #expect(objects[2]["loss"] as? Double == 0.5)
    #expect(objects[3]["loss"] as? String == "nan")
    #expect(objects[5]["text"] as? String == "lr 0.1 → 0.01")
  }

  @Test func wholeNumbersThatDoublePrecisionRoundsAreStrings() throws {
    var archive = TestArchive.run(1)
    archive.dataHash = .max
    let text = String(decoding: try written(JSONLines(archive).write), as: UTF8.self)
    #expect(text.contains("\"dataHash\":\"18446744073709551615\""))
    #expect(text.contains("\"seed\":1,"))
  }
}
