import ArgumentParser
import Foundation
import TapedeckKit

/// `tapedeck export`: a recording in other programs' formats.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a recording, or a part of it, for other programs.",
    discussion: """
      csv is a table of the numbers of every iteration, jsonl has all but tensors, tensorboard an event file; npy has \
      one tensor at a step, safetensors all parameters after a step, and asciicast is a film of the replay.

      Tensors are computed again from the nearest keyframe, and hashes say whether they are the same to the bit.

      EXAMPLES
        tapedeck export run.tapedeck > run.csv
        tapedeck export run.tapedeck --format jsonl --output run.jsonl
        tapedeck export run.tapedeck --format npy --step 300 --node fc1.linear --phase backward --output dz1.npy
        tapedeck export run.tapedeck --format safetensors --step 300 --output model.safetensors
        tapedeck export run.tapedeck --format asciicast --output run.cast && asciinema play run.cast
        tapedeck export run.tapedeck --format tensorboard --output runs && tensorboard --logdir runs
      """)

  @ArgumentParser.Argument(help: "The recording.") var file: String

  @Option(help: "csv, jsonl, npy, safetensors, tensorboard or asciicast.", transform: Argument.exportFormat)
  var format = ExportFormat.csv

  @Option(help: "The file to write, for TensorBoard the folder, runs if not given; else standard output.")
  var output: String?

  @Flag(help: "Write over a file that is there already.")
  var force = false

  @OptionGroup(title: "npy and safetensors") var moment: ExportedMomentOptions
  @OptionGroup(title: "asciicast") var film: FilmArguments

  @OptionGroup var recorded: RecordedDataOptions

  func validate() throws {
    for (option, formats) in moment.given + film.given where !formats.contains(format) {
      let names = formats.map { "--format \($0.rawValue)" }.joined(separator: " or ")
      throw ValidationError("\(option) expects \(names), but got --format \(format.rawValue).")
    }
    guard format != .npy || moment.node != nil else {
      throw ValidationError("--format npy expects --node, the node whose tensor is written.")
    }
  }

  func run() throws {
    var options = ExportOptions(format)
    (options.output, options.replacesFile) = (output, force)
    (options.step, options.phase) = (moment.step, moment.phase ?? .update)
    (options.node, options.view) = (moment.node, moment.view)
    options.film = film.options
    options.run = recorded.run
    let written = try RecordingFiles.export(file, options) { sentence in
      FileHandle.standardError.write(Data("tapedeck: \(sentence.withVisibleControls)\n".utf8))
    }
    if format == .tensorboard, let written { print(written) }
  }
}

/// Which moment of a recording is exported, in the words of `tapedeck inspect`.
struct ExportedMomentOptions: ParsableArguments {
  @Option(help: "The iteration, from 1; the last if not given.", transform: Argument.wholeNumber)
  var step: Int?

  @Option(
    help: "The part of the iteration: batch, forward, loss, backward, or if not given update.",
    transform: Argument.phase)
  var phase: Phase?

  @Option(help: "The node, such as fc1.linear or fc1.weight; for asciicast the one that is looked at.")
  var node: String?

  @Option(
    help: "The node's tensor: value, gradient or update; what the phase is about if not given.",
    transform: Argument.view)
  var view: TensorView?

  /// The options that were given, with the formats that take them.
  var given: [(String, [ExportFormat])] {
    [
      ("--step", step != nil, [.npy, .safetensors]), ("--phase", phase != nil, [.npy]),
      ("--node", node != nil, [.npy, .asciicast]), ("--view", view != nil, [.npy, .asciicast]),
    ].filter(\.1).map { ($0.0, $0.2) }
  }
}

/// How a recording is filmed.
struct FilmArguments: ParsableArguments {
  @Option(help: "The columns and rows of the screen, 120x40.", transform: Argument.screenSize)
  var size: (columns: Int, rows: Int)?

  @Option(
    parsing: .unconditional,
    help: "How many times as fast as it was recorded; if not given as fast, but 10 to 60 seconds in all.",
    transform: Argument.number)
  var speed: Double?

  @Option(parsing: .unconditional, help: "The first step.", transform: Argument.wholeNumber)
  var from: Int?

  @Option(parsing: .unconditional, help: "The last step.", transform: Argument.wholeNumber)
  var to: Int?

  @Option(
    parsing: .unconditional, help: "The seconds that a screen stays at most.", transform: Argument.number)
  var idleLimit: Double?

  func validate() throws {
    for (option, value) in [("--speed", speed), ("--idle-limit", idleLimit)] {
      guard value.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw ValidationError("\(option) expects a number above 0, such as 2, but got \(value ?? 0).")
      }
    }
  }

  /// The options that were given, with the format that takes them.
  var given: [(String, [ExportFormat])] {
    [
      ("--size", size != nil), ("--speed", speed != nil), ("--from", from != nil), ("--to", to != nil),
      ("--idle-limit", idleLimit != nil),
    ].filter(\.1).map { ($0.0, [.asciicast]) }
  }

  /// The film that they describe.
  var options: FilmOptions {
    var options = FilmOptions()
    if let size { (options.columns, options.rows) = size }
    (options.speed, options.from, options.to, options.idleLimit) = (speed, from, to, idleLimit)
    return options
  }
}
