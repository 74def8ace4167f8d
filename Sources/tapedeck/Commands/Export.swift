import ArgumentParser
import Export
import Foundation
import TapedeckKit

/// `tapedeck export`: a recording in other programs' formats.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a recording, or a part of it, for other programs.",
    discussion: """
      FORMATS
      \(ExportFormat.all.map(line).joined(separator: "\n"))

      Tensors are recomputed from the nearest keyframe, and hashes show whether they are the same to the bit.

      EXAMPLES
        tapedeck export run.tapedeck > run.csv
        tapedeck export run.tapedeck --format jsonl | grep '"type":"epoch"'
        tapedeck export run.tapedeck --output report.md
        tapedeck export run.tapedeck --output w.npy --step 300 --node fc1.weight
        tapedeck export run.tapedeck --output model.safetensors --step 300
        tapedeck export run.tapedeck --output run.cast
        tapedeck export run.tapedeck --format tensorboard --output runs
      """)

  private static func line(_ format: ExportFormat) -> String {
    "  \(format.name.padding(toLength: 13, withPad: " ", startingAt: 0))\(format.summary)"
  }

  @ArgumentParser.Argument(help: "The recording.") var file: String

  @Option(
    help: "One of the formats above; without it, the one that the ending of --output names, or csv.",
    completion: .list(ExportFormat.all.map(\.name)), transform: Argument.exportFormat)
  var format: ExportFormat?

  @Option(
    help: "The file to write; for TensorBoard the folder, runs by default. Without it, standard output.")
  var output: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @OptionGroup(title: "npy and safetensors") var moment: ExportedMomentOptions
  @OptionGroup(title: "asciicast") var animation: AnimationArguments

  @OptionGroup var recorded: RecordedDataOptions

  private var chosenFormat: ExportFormat { format ?? .forFile(output) }

  func validate() throws {
    if let problem = chosenFormat.problem(withOptions: moment.given + animation.given) {
      throw ValidationError(problem)
    }
  }

  func run() throws {
    var request = ExportRequest()
    (request.step, request.phase) = (moment.step, moment.phase ?? .update)
    (request.node, request.view) = (moment.node, moment.view)
    request.animation = animation.options
    let target = ExportTarget(chosenFormat, path: output, replacesFile: force)
    let written = try RecordingFiles.export(file, to: target, request, recorded.run) { sentence in
      FileHandle.standardError.write(Data("tapedeck: \(sentence.withVisibleControls)\n".utf8))
    }
    if chosenFormat.nameInFolder != nil, let written { print(written) }
  }
}

/// Which moment of a recording is exported, in the words of `tapedeck inspect`.
struct ExportedMomentOptions: ParsableArguments {
  @Option(help: "The step, from 1; the last by default.", transform: Argument.wholeNumber)
  var step: Int?

  @Option(
    help: "The phase of the step: batch, forward, loss, backward or update (the default).",
    transform: Argument.phase)
  var phase: Phase?

  @Option(help: "The node, such as fc1.linear or fc1.weight; for asciicast the one shown in the node pane.")
  var node: String?

  @Option(
    help: "The node's tensor: value, gradient or update; by default the one that the phase is about.",
    transform: Argument.view)
  var view: TensorView?

  /// The options that were given.
  var given: [ExportOption] {
    let all: [(ExportOption, Bool)] = [
      (.step, step != nil), (.phase, phase != nil), (.node, node != nil), (.view, view != nil),
    ]
    return all.filter(\.1).map(\.0)
  }
}

/// How a recording becomes an animation.
struct AnimationArguments: ParsableArguments {
  @Option(help: "The columns and rows of the screen; 120x40 by default.", transform: Argument.screenSize)
  var size: (columns: Int, rows: Int)?

  @Option(
    parsing: .unconditional,
    help: "How many times as fast as recorded; by default 1, but 10 to 60 seconds in all.",
    transform: Argument.number)
  var speed: Double?

  @Option(parsing: .unconditional, help: "The first step.", transform: Argument.wholeNumber)
  var from: Int?

  @Option(parsing: .unconditional, help: "The last step.", transform: Argument.wholeNumber)
  var to: Int?

  @Option(
    parsing: .unconditional, help: "The longest time that a screen stays, in seconds.",
    transform: Argument.number)
  var idleLimit: Double?

  func validate() throws {
    for (option, value) in [("--speed", speed), ("--idle-limit", idleLimit)] {
      guard value.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw ValidationError("\(option) expects a number above 0, such as 2, but got \(value ?? 0).")
      }
    }
  }

  /// The options that were given.
  var given: [ExportOption] {
    let all: [(ExportOption, Bool)] = [
      (.size, size != nil), (.speed, speed != nil), (.from, from != nil), (.to, to != nil),
      (.idleLimit, idleLimit != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// The animation that they describe.
  var options: AnimationOptions {
    var options = AnimationOptions()
    if let size { (options.columns, options.rows) = size }
    (options.speed, options.from, options.to, options.idleLimit) = (speed, from, to, idleLimit)
    return options
  }
}
