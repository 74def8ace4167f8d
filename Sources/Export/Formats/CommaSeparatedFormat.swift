import Foundation
import Localization
import Numbers
import Trace

extension ExportFormat {
  /// A table of comma-separated values.
  package static let commaSeparated = ExportFormat(
    "csv", fileEnding: "csv", Sentence("a table with the numbers of every step"), isText: true
  ) { source, _, write in try CommaSeparatedTable(source.archive).write(write) }
}

/// The scalars of a recording as a table of comma-separated values: a row for each step.
package struct CommaSeparatedTable {
  private let archive: any RunArchive

  /// A table of a recording.
  package init(_ archive: any RunArchive) { self.archive = archive }

  /// The column names: `gradient_norm.fc1.weight` and so on after the loss, accuracy, learning rate, seconds, and the
  /// validation's loss and accuracy.
  package var header: String {
    let norms = archive.origin.description.parameterNames.map { quoted("gradient_norm.\($0)") }
    let columns = [
      "iteration", "loss", "accuracy", "learning_rate", "seconds", "validation_loss", "validation_accuracy",
    ]
    return (columns + norms).joined(separator: ",")
  }

  /// Gives the table to `write`, piece by piece; numbers that are not finite are `nan`, `inf` and `-inf`.
  ///
  /// - Throws: what reading the recording or `write` throws.
  package func write(_ write: ExportFormat.Output) throws {
    try write(Array("\(header)\n".utf8))
    // An epoch is validated after its last step.
    let epochs = Dictionary(try archive.epochs().map { ($0.step, $0) }, uniquingKeysWith: { $1 })
    try ScalarBlocks.write(archive, write) { Array(row($0, epochs[$0.step]).utf8) }
  }

  private func row(_ scalars: StepScalars, _ epoch: EpochResult?) -> String {
    let accuracy = scalars.accuracy.map(plainText) ?? ""
    let norms = scalars.gradientNorms.map { "," + plainText($0) }.joined()
    let validation = [epoch?.validationLoss, epoch?.validationAccuracy].map { $0.map(plainText) ?? "" }
      .joined(separator: ",")
    return
      "\(scalars.step),\(plainText(scalars.loss)),\(accuracy),\(plainText(scalars.learningRate)),\(scalars.seconds),\(validation)\(norms)\n"
  }

  private func quoted(_ name: String) -> String {
    // A name in a file may command the terminal that the table is shown on.
    let name = name.withVisibleControls
    guard name.contains(where: { ",\"\n".contains($0) }) else { return name }
    return "\"\(name.replacingOccurrences(of: "\"", with: "\"\""))\""
  }
}
