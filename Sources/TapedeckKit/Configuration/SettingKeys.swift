import Autograd
import Configuration
import Datasets
import DebuggerUI
import Localization
import NN
import PyTorch
import Training

/// The keys of the configuration file.
package enum SettingKeys {
  /// The commands that show a run on the screen.
  private static let screens: Set<String> = ["train", "replay", "watch", "torch", "learn", "runs"]

  /// The commands that make an experiment, beside `diagnose`.
  private static let made: Set<String> = ["train", "inspect", "graph"]

  /// All keys, in the order of the example.
  package static var all: [SettingKey] { screen + budgets + train + torch + DiagnosisSettings.keys }

  private static var screen: [SettingKey] {
    let themes = CommandTable.standard.words(after: "theme")
    return [
      SettingKey(
        "", "theme", names(themes), help: localized("The colours of the screen."), example: .string("dark"),
        option: themes.isEmpty ? nil : "--theme", commands: screens.union(["diff"])),
      SettingKey(
        "", "layout", names(ScreenPreferences.layouts),
        help: localized("The layout to begin with."), example: .string("debug"), option: "--layout",
        commands: screens),
      SettingKey(
        "", "language", .word(of: Language.allCases.map(\.rawValue)),
        help: localized("The language, whatever the locale says."),
        standard: .string(Language.current.rawValue)),
      SettingKey(
        "", "ascii", .flag, help: localized("Whether to use only ASCII characters on the screen."),
        standard: .flag(false), option: "--ascii", commands: screens.union(["diff"]), givesWay: ["--no-ascii"]
      ),
      SettingKey(
        "", "frame-rate", .wholeNumber(in: ScreenArguments.frameRates),
        help: localized("The maximum number of frames per second while a run is shown."),
        standard: .integer(30),
        option: "--frame-rate", commands: screens),
    ]
  }

  private static var budgets: [SettingKey] {
    let megabytes = SettingKind.wholeNumber(in: 1...1_000_000)
    return [
      SettingKey(
        "budgets", "history", megabytes,
        help: localized("Megabytes of memory for going back in a run of tapedeck train."),
        standard: .integer(256), option: "--history", commands: ["train"]),
      SettingKey(
        "budgets", "torch-history", megabytes,
        help: localized("Megabytes of memory for going back in a PyTorch script."), standard: .integer(1_024),
        option: "--history", commands: ["torch"]),
      SettingKey(
        "budgets", "recording", megabytes, help: localized("Megabytes that a recording may take on disk."),
        standard: .integer(64), option: "--record-budget", commands: ["train", "torch"]),
    ]
  }

  private static var torch: [SettingKey] {
    [
      SettingKey(
        "torch", "python", .text(localized("the path or the name of a Python interpreter")),
        help: localized("The Python to run scripts with."), example: .string("/usr/bin/python3"),
        option: "--python", commands: ["torch", DiagnosisSettings.script], givesWay: ["--launcher"]),
      SettingKey(
        "torch", "pace", pace,
        help: localized("The maximum number of steps per second on the screen; 0 for no limit."),
        standard: .integer(0), option: "--pace", commands: ["torch"]),
      SettingKey(
        "torch", "on-exit", choice(ScriptSettings.OnExit.self),
        help: localized("What becomes of a script when the screen is left."),
        standard: .string(ScriptSettings.OnExit.stop.rawValue), option: "--on-exit", commands: ["torch"]),
    ]
  }

  private static var train: [SettingKey] {
    [
      experiment(
        "data", .text(localized("one of \(DataSource.choices)"), where: { DataSource($0) != nil }),
        help: localized("The data."), standard: .string("digits")),
      experiment(
        "data-dir", .text(localized("the path of a folder")),
        help: localized("The folder with the files of mnist or a set like it."),
        example: .string("/usr/share/datasets")),
      experiment(
        "layers",
        .wholeNumbers(
          localized("at least two sizes from 1 to 65536, such as [64, 128, 10]"),
          where: { $0.count >= 2 && $0.allSatisfy((1...65_536).contains) }),
        help: localized("The sizes of the layers, from input to output."),
        example: .list([.integer(64), .integer(128), .integer(10)]), givesWay: ["--data"]),
      experiment(
        "activation", choice(Activation.self), help: localized("The activation between the layers."),
        standard: .string(Activation.relu.rawValue)),
      experiment(
        "loss", choice(LossKind.self), help: localized("The loss."),
        example: .string(LossKind.crossEntropy.rawValue), givesWay: ["--data"]),
      experiment(
        "init", choice(Initialization.self), help: localized("How the weights are drawn."),
        example: .string(Initialization.standard.rawValue)),
      experiment(
        "optimizer", choice(OptimizerKind.self), help: localized("The optimizer."),
        example: .string(OptimizerKind.adam.rawValue)),
      experiment(
        "lr", .number(localized("a number above 0, such as 0.1"), where: { $0 > 0 && $0.isFinite }),
        help: localized("The learning rate."), example: .number(0.01), givesWay: ["--optimizer"]),
      experiment(
        "momentum", .number(localized("a number from 0 to below 1"), where: { $0 >= 0 && $0 < 1 }),
        help: localized("The momentum."), example: .number(0.9), givesWay: ["--optimizer"]),
      experiment(
        "weight-decay", .number(localized("a number of at least 0"), where: { $0 >= 0 && $0.isFinite }),
        help: localized("The weight decay."), standard: .number(0), givesWay: ["--optimizer"]),
      experiment(
        "batch", .wholeNumber(in: 1...1_000_000_000), help: localized("The number of samples in a batch."),
        example: .integer(64)),
      experiment(
        "epochs", .wholeNumber(in: 1...1_000_000), help: localized("How many times to go through the data."),
        example: .integer(20)),
      experiment(
        "seed", .wholeNumber(in: 0...Int.max), help: localized("The seed of all random numbers."),
        standard: .integer(42)),
      experiment(
        "threads", .wholeNumber(in: 1...4_096),
        help: localized("The maximum number of threads for matrix products and long loops."),
        example: .integer(2)),
      SettingKey(
        "train", "pace", pace,
        help: localized("The maximum number of steps per second on the screen; 0 for no limit."),
        example: .integer(60), option: "--pace", commands: ["train"]),
    ]
  }

  /// A key that stands for an option of the experiment, which `inspect`, `graph` and `diagnose` take too. A recording that
  /// is resumed has its own settings, and `diagnose` looks at one epoch unless its own arguments ask for more.
  private static func experiment(
    _ name: String, _ kind: SettingKind, help: String, standard: TOMLLiteral? = nil,
    example: TOMLLiteral? = nil, givesWay: [String] = []
  ) -> SettingKey {
    SettingKey(
      "train", name, kind, help: help, standard: standard, example: example, option: "--\(name)",
      commands: name == "epochs" ? made : made.union([DiagnosisSettings.run]),
      givesWay: givesWay + ["--resume"])
  }

  private static var pace: SettingKind {
    .number(localized("a number of at least 0"), where: { $0 >= 0 && $0.isFinite })
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> SettingKind {
    .word(of: Choice.allCases.map(\.rawValue))
  }

  /// One of the names that a command of the screen takes; any text where there is no such command.
  private static func names(_ names: [String]) -> SettingKind {
    names.isEmpty ? .text(localized("a name")) : .word(of: names)
  }
}
