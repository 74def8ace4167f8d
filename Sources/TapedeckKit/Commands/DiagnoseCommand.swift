import ArgumentParser
import Diagnosis
import Foundation
import Localization
import Recording
import Trace
import Training

/// `diagnose`: what the diagnosis finds in a recording, in a run, or in a script.
package struct DiagnoseCommand<Arguments: ExperimentArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diagnose", abstract: localized("Print what is wrong with a run, why, and what to do."),
      usage:
        """
        \(Program.name) diagnose [OPTIONS] RECORDING
        \(Program.name) diagnose [OPTIONS]
        \(Program.name) diagnose [OPTIONS] torch SCRIPT [ARGUMENTS…]
        """,
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Reads a recording; or trains, with all options of train; or runs a PyTorch script, whose output goes to standard error. \
          Training ends with an epoch: after three of them and 300 steps, or after 2,000 steps, or as --epochs or --steps says. \
          The exit code is 0 if nothing was found, 4 if something was. \
          A comment # tapedeck: mute RULE in the source, on the line or the one before, hides what a rule finds there.

          --json prints one object: findings, each with rule, severity (error, warning or note), subject, what, evidence, cause, \
          remedy, file, line, step, phase, view and cell; muted, the number of those that are hidden; rules, the number of \
          rules that were asked; and steps and epochs, how many were looked at.
          """),
        examples: [
          "diagnose run.tapedeck", "diagnose --epochs 3 --mute loss-not-falling",
          "diagnose torch --steps 200 train.py",
          "diagnose run.tapedeck --sarif > run.sarif   " + localized("for editors and services"),
          "diagnose --rules                            " + localized("what is looked for, and thresholds"),
        ]))
  }

  @ArgumentParser.Argument(
    help: .init(
      Localization.localized(
        "A recording, or 'torch' and a script with its arguments. Omit it to train and diagnose."),
      valueName: "run"),
    completion: .file(extensions: ["tapedeck"]))
  var input: [String] = []

  @OptionGroup(title: localized("Experiment")) var experiment: Arguments

  @Option(
    parsing: .unconditional, help: .localized("The maximum number of steps to look at."),
    transform: OptionValue.wholeNumber)
  var steps: Int?

  @Option(
    help: .localized(
      "A rule, or several with commas, whose findings are hidden. Can be given more than once."))
  var mute: [String] = []

  @Option(
    help: .localized("A threshold and its number, such as dead-relu.share=0.6. Can be given more than once."))
  var threshold: [String] = []

  @Flag(help: .localized("Print one JSON object."))
  var json = false

  @Flag(help: .localized("Print the findings in SARIF 2.1.0."))
  var sarif = false

  @Flag(help: .localized("List the rules and their thresholds, and look at no run."))
  var rules = false

  @Option(
    help: .localized("The Python to run a script with; by default as tapedeck torch finds it."),
    completion: .file())
  var python: String?

  @OptionGroup var language: LanguageOption

  package init() {}

  /// The exit code where something was found.
  private static var foundCode: Int32 { 4 }

  package func validate() throws {
    guard !json || !sarif else {
      throw ValidationError(localized("--json and --sarif cannot be combined: choose one."))
    }
    guard steps.map({ $0 >= 1 }) ?? true else {
      throw ValidationError(localized("--steps expects a whole number of at least 1, but got \(steps ?? 0)."))
    }
    guard input.first != "torch" || input.count > 1 else {
      throw ValidationError(localized("torch expects a script, or -m and a module."))
    }
    guard input.count <= 1 || input.first == "torch" else {
      throw ValidationError(
        localized("diagnose takes one recording, but got \(input.joined(separator: ", "))."))
    }
    guard !rules || input.isEmpty && !sarif else {
      throw ValidationError(localized("--rules lists what is looked for: leave the run and --sarif out."))
    }
  }

  /// A recording has its own settings, and a script needs no more than a Python.
  package var settingsName: String? {
    switch input.first {
    case nil: DiagnosisSettings.run
    case "torch"?: DiagnosisSettings.script
    case _?: DiagnosisSettings.recording
    }
  }

  package func run(in program: Program) throws {
    var settings = program.diagnosis
    for text in mute { try DiagnosisSettings.mute(text, in: &settings) }
    for text in threshold { try DiagnosisSettings.add(text, to: &settings) }
    if rules {
      let text = RulesText(settings)
      return json ? try StandardOutput.printLine(text.json.text()) : try StyledOutput.print(text.lines)
    }
    var list = FindingList(muted: settings.muted)
    var looked = LookedAt()
    var failure: (any Error)?
    // What is muted is counted.
    let judged = Diagnosis.Settings(thresholds: settings.thresholds)
    do { try look(program, judged, &looked) { list.add($0) } } catch { failure = error }
    // What was found may say why the run has failed.
    for warning in list.takeWarnings() { _ = try Tapedeck.complain(warning, code: 0) }
    if let failure, list.shown.isEmpty {
      // A program that reads the findings of a script is to find that there are none so far.
      if failure is ScriptFailure, json || sarif { try write(list, looked, settings) }
      throw failure
    }
    try write(list, looked, settings)
    if let failure { _ = try Tapedeck.complain("\(failure)", code: 1) }
    if !list.shown.isEmpty { throw ExitCode(Self.foundCode) }
  }

  private func write(_ list: FindingList, _ looked: LookedAt, _ settings: Diagnosis.Settings) throws {
    if sarif { return try StandardOutput.printLine(SARIF(list).json.text(sortsKeys: false)) }
    if json {
      return try StandardOutput.printLine(FindingsJSON(list, in: looked, muted: settings.muted).json.text())
    }
    try StyledOutput.print(FindingsText(list, in: looked).lines)
  }

  /// Looks at what is meant, and tells what is found in it.
  private func look(
    _ program: Program, _ settings: Diagnosis.Settings, _ looked: inout LookedAt,
    _ find: @escaping ([Finding]) -> Void
  ) throws {
    switch input.first {
    case "torch"?:
      let script = DiagnosedScript(
        script: Array(input.dropFirst()), python: python, steps: steps, epochs: experiment.epochs)
      try script.run(settings, &looked, find)
    case let path?:
      try RecordingFiles.diagnose(
        path, experiment.replayedRun(in: program), settings, steps: steps, &looked, find)
    case nil:
      let make = settings.set(in: try experiment.experiment(in: program).make)
      var made = try make()
      let length = max(1, made.trainData.stepsPerEpoch)
      let epochs =
        experiment.epochs ?? steps.map { ($0 - 1) / length + 1 } ?? LookedAt.enough(stepsPerEpoch: length)
      looked.isCutShort = experiment.epochs == nil && steps == nil && made.epochs > epochs
      made.epochs = max(1, epochs)
      try HeadlessRun(made, now: monotonicSeconds).run(
        warn: { _ = try? Tapedeck.complain($0, code: 0) }, find: find, until: steps,
        report: { looked.end([$0]) })
      looked.steps = min(steps ?? .max, made.epochs * length)
    }
  }
}

extension RecordingFiles {
  /// **Units**: seconds. How long steps of a recording are looked at.
  private static var patience: Double { 30 }

  /// What the diagnosis finds in a recording: in its numbers, and in steps that are computed again where that can be done.
  ///
  /// - Throws: `RecordingError` if the file cannot be read, or what computing a step throws.
  static func diagnose(
    _ path: String, _ run: ReplayedRun, _ settings: Diagnosis.Settings, steps: Int? = nil,
    _ looked: inout LookedAt, _ find: @escaping ([Finding]) -> Void
  ) throws {
    let recorded = try run.recorded(try RecordingReader(path: path))
    if let reason = recorded.recomputability.reason { _ = try Tapedeck.complain(reason, code: 0) }
    let diagnosis = RecordedDiagnosis(
      recorded, settings: settings, through: steps ?? .max, now: monotonicSeconds)
    try diagnosis.judge(seconds: patience, find)
    let last = min(steps ?? .max, recorded.archive.lastStep)
    looked.steps = last
    looked.end(try recorded.archive.epochs().filter { $0.step <= last })
    if let judged = diagnosis.judged { _ = try Tapedeck.complain(judged.sentence, code: 0) }
  }
}
