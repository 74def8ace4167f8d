import ArgumentParser
import Localization
import Training

/// The options that say which experiment is meant: those of `tapedeck`, or the few that any program has.
package protocol ExperimentArguments: ParsableArguments {
  /// Examples of training, inspecting and drawing it.
  static var examples: ExperimentExamples { get }

  /// An option that was given although the settings come from a recording; nil for none.
  var givenOption: String? { get }

  /// How many times to go through the data, where that was given.
  var epochs: Int? { get }

  /// The experiment as the options describe it.
  ///
  /// - Throws: an error of the settings, or of the data.
  func experiment(in program: Program) throws -> ExperimentSource

  /// The experiment of a recording that is resumed.
  ///
  /// - Throws: an error of the recording, or of its data.
  func experiment(resuming path: String, in program: Program) throws -> ExperimentSource

  /// How the experiment of a recording is made again.
  ///
  /// - Throws: an error of data that were given and cannot be read.
  func replayedRun(in program: Program) throws -> ReplayedRun
}

/// What is trained.
package struct ExperimentSource: Sendable {
  /// The most steps a second on the screen, unless the user says otherwise; nil for no limit.
  package var usualPace: Double?
  /// The settings of `tapedeck train` as JSON; nil for another program's experiment.
  package var settings: String?
  /// Makes the experiment.
  package var make: @Sendable () throws -> Experiment

  /// An experiment that `make` makes.
  package init(
    usualPace: Double? = nil, settings: String? = nil, make: @escaping @Sendable () throws -> Experiment
  ) {
    (self.usualPace, self.settings, self.make) = (usualPace, settings, make)
  }
}

/// Examples of a program's commands, for their help.
package struct ExperimentExamples {
  /// Of training.
  package var train: [String]
  /// Of inspecting.
  package var inspect: [String]
  /// Of the graph.
  package var graph: [String]

  /// The examples of each command.
  package init(train: [String], inspect: [String], graph: [String]) {
    (self.train, self.inspect, self.graph) = (train, inspect, graph)
  }

  /// A text of the help with examples below it.
  package static func discussion(_ text: String, examples: [String]) -> String {
    text + "\n\n" + list(examples)
  }

  /// Examples as the help lists them, each after the program's name; what begins with a space is a comment on the one
  /// before.
  package static func list(_ examples: [String]) -> String {
    let lines = examples.map { $0.hasPrefix(" ") ? "  \($0)" : "  \(Program.name) \($0)" }
    return ([localized("EXAMPLES")] + lines).joined(separator: "\n")
  }
}

/// The options that say where the data of a recording are.
package protocol RecordedDataArguments: ParsableArguments {
  /// Examples of replaying with them.
  static var examples: [String] { get }

  /// How the experiment of a recording is made again.
  ///
  /// - Throws: an error of data that were given and cannot be read.
  func replayedRun(in program: Program) throws -> ReplayedRun
}
