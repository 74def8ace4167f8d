import ArgumentParser
import Export
import Localization
import Trace

/// `export`: a recording in other programs' formats.
package struct ExportCommand<Arguments: RecordedDataArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export", abstract: localized("Write a recording, or a part of it, for other programs."),
      discussion: ExperimentExamples.discussion(
        """
        \(localized("FORMATS"))
        \(ExportFormat.all.map(line).joined(separator: "\n"))

        \(localized("Tensors are recomputed from the nearest keyframe, and hashes show whether they are the same to the bit."))
        """,
        examples: [
          "export run.tapedeck > run.csv",
          "export run.tapedeck --format jsonl | grep '\"type\":\"epoch\"'",
          "export run.tapedeck --output report.md",
          "export run.tapedeck --output w.npy --step 300 --node fc1.weight",
          "export run.tapedeck --output model.safetensors --step 300",
          "export run.tapedeck --output run.cast",
          "export run.tapedeck --output step.svg --step 300 --phase backward",
          "export run.tapedeck --output run.svg --animate run --seconds 20",
          "export run.tapedeck --output step.html --animate step --step 3",
          "export run.tapedeck --format tensorboard --output runs",
        ]))
  }

  private static func line(_ format: ExportFormat) -> String {
    "  \(format.name.padding(toLength: 13, withPad: " ", startingAt: 0))\(format.summary)"
  }

  @ArgumentParser.Argument(help: .localized("The recording."), completion: .file(extensions: ["tapedeck"]))
  var file: String

  @Option(
    help: .localized(
      "One of the formats above; without it, the one that the ending of --output names, or csv."),
    completion: .list(ExportFormat.all.map(\.name)), transform: OptionValue.exportFormat)
  var format: ExportFormat?

  @Option(
    help: .localized(
      "The file to write; for TensorBoard the folder of runs, runs by default. Without it, or with -, standard output."
    ), completion: .file())
  var output: String?

  @Flag(help: .localized("Overwrite an existing file."))
  var force = false

  @OptionGroup(title: localized("A moment: npy, safetensors and pictures")) var moment: ExportedMomentOptions
  @OptionGroup(title: localized("Pictures and animations")) var pictures: PictureArguments
  @OptionGroup(title: localized("Animations")) var animation: AnimationArguments

  @OptionGroup var recorded: Arguments

  private var chosenFormat: ExportFormat { format ?? .forFile(output) ?? .commaSeparated }

  @OptionGroup var language: LanguageOption

  package init() {}

  package func validate() throws {
    if let output, format == nil, ExportFormat.forFile(output) == nil {
      throw ValidationError(
        localized(
          """
          The ending of --output names the format: \(ExportFormat.fileEndings.joined(separator: ", ")), but got \
          \(output). For another name, give --format.
          """))
    }
    let given = moment.given + pictures.given + animation.given
    if let problem = chosenFormat.problem(withOptions: given) ?? animationProblem(given) {
      throw ValidationError(problem)
    }
  }

  /// What does not fit what is animated; nil where all fits.
  private func animationProblem(_ given: [ExportOption]) -> String? {
    guard [ExportFormat.svg, .html, .asciicast].contains(where: { $0.name == chosenFormat.name }) else {
      return nil
    }
    if given.contains(.seconds), given.contains(.speed) {
      return localized("Give --seconds or --speed, not both.")
    }
    let isAlwaysAnimated = chosenFormat.name == ExportFormat.asciicast.name
    let wrong: [ExportOption]
    let expected: String
    switch pictures.animate ?? (isAlwaysAnimated ? .run : nil) {
    case .run: (wrong, expected) = ([.step, .phase], "--animate step")
    case .step: (wrong, expected) = ([.from, .to, .speed, .idleLimit], "--animate run")
    case nil: (wrong, expected) = ([.from, .to, .speed, .idleLimit, .seconds], "--animate run")
    }
    guard let option = given.first(where: wrong.contains) else { return nil }
    return localized("\(option.rawValue) expects \(expected).")
  }

  package func run(in program: Program) throws {
    var request = ExportRequest()
    (request.step, request.phase) = (moment.step, moment.phase ?? .update)
    (request.node, request.view) = (moment.node, moment.view)
    request.animation = animation.options
    pictures.apply(to: &request)
    let target = ExportTarget(chosenFormat, path: output, replacesFile: force)
    let written = try ProgressLine.during(localized("exporting")) {
      try RecordingFiles.export(file, to: target, request, recorded.replayedRun(in: program)) {
        _ = try? Tapedeck.complain($0, code: 0)
      }
    }
    if chosenFormat.nameInFolder != nil, let written { try StandardOutput.printLine(written) }
  }
}

/// Which moment of a recording is exported, in the words of `tapedeck inspect`.
struct ExportedMomentOptions: ParsableArguments {
  @Option(help: .localized("The step, from 1; the last by default."), transform: OptionValue.wholeNumber)
  var step: Int?

  @Option(
    help: .localized("The phase of the step: batch, forward, loss, backward or update (the default)."),
    completion: .list(Phase.allCases.map(\.name)), transform: OptionValue.phase)
  var phase: Phase?

  @Option(
    help: .localized(
      "The node, such as fc1.linear or fc1.weight; in pictures the one shown in the node pane."))
  var node: String?

  @Option(
    help: .localized(
      "The node's tensor: value, gradient or update; by default the one that the phase is about."),
    completion: .choices(of: TensorView.self), transform: OptionValue.view)
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
  @Option(
    help: .localized("The columns and rows of the screen; 120x40 by default."),
    transform: OptionValue.screenSize)
  var size: (columns: Int, rows: Int)?

  @Option(
    parsing: .unconditional,
    help: .localized("How many times as fast as recorded; by default 1, but 10 to 60 seconds in all."),
    transform: OptionValue.number)
  var speed: Double?

  @Option(parsing: .unconditional, help: .localized("The first step."), transform: OptionValue.wholeNumber)
  var from: Int?

  @Option(parsing: .unconditional, help: .localized("The last step."), transform: OptionValue.wholeNumber)
  var to: Int?

  @Option(
    parsing: .unconditional, help: .localized("The longest time that a screen stays, in seconds."),
    transform: OptionValue.number)
  var idleLimit: Double?

  func validate() throws {
    for (option, value) in [("--speed", speed), ("--idle-limit", idleLimit)] {
      guard value.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw ValidationError(
          localized("\(option) expects a number above 0, such as 2, but got \(value ?? 0)."))
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
