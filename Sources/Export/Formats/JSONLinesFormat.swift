import Foundation
import Localization
import Trace

extension ExportFormat {
  /// JSON objects, one on each line.
  package static let jsonLines = ExportFormat(
    "jsonl", fileEnding: "jsonl", Sentence("a JSON object per line: the run, its steps, epochs and events"),
    isText: true
  ) { source, _, write in try JSONLines(source.archive).write(write) }
}

/// A recording as JSON objects, one on each line: the run, then its steps, epochs and events.
package struct JSONLines {
  private let archive: any RunArchive
  private let encoder = JSONEncoder()

  /// The lines of a recording.
  package init(_ archive: any RunArchive) {
    self.archive = archive
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }

  /// Gives the lines to `write`, piece by piece; numbers that are not finite are strings: `"nan"`, `"inf"`, `"-inf"`,
  /// and so are whole numbers above 2⁵³.
  ///
  /// - Throws: what reading the recording or `write` throws.
  package func write(_ write: ExportFormat.Output) throws {
    try write(line("run", archive.origin))
    try ScalarBlocks.write(archive, write, JSONLines.line)
    for epoch in try archive.epochs() { try write(line("epoch", epoch)) }
    for event in try archive.events() { try write(line("event", event)) }
  }

  private struct Line<Value: Encodable>: Encodable {
    let type: String
    let value: Value

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(type, forKey: .type)
      try value.encode(to: encoder)
    }

    private enum Key: String, CodingKey { case type }
  }

  private func line(_ type: String, _ value: some Encodable) throws -> [UInt8] {
    WideNumbers.quoted(Array((try text(of: Line(type: type, value: value)) + "\n").utf8))
  }

  /// What the encoder makes of a row, which it takes ten times as long for.
  package static func line(_ row: StepScalars) -> [UInt8] {
    let accuracy = row.accuracy.map { #""accuracy":\#(number($0)),"# } ?? ""
    let norms = row.gradientNorms.map(number).joined(separator: ",")
    let text = #"""
      {\#(accuracy)"gradientNorms":[\#(norms)],"iteration":\#(row.step),"learningRate":\#(number(row.learningRate)),\#
      "loss":\#(number(row.loss)),"seconds":\#(number(row.seconds)),"type":"iteration"}

      """#
    return WideNumbers.quoted(Array(text.utf8))
  }

  private static func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    guard value.isFinite else { return value.isNaN ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The JSON of a value, with the characters that command terminals as numbers, which mean the same.
  private func text(of value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self).withControlsAsJSON
  }
}
