/// A key of the configuration file, and the command-line option that it sets.
package struct SettingKey: Sendable {
  /// The table that it is in; empty for none.
  package let table: String
  /// Its name in the file.
  package let name: String
  /// What it takes.
  package let kind: SettingKind
  /// What it is for, in a line.
  package let help: String
  /// The value without a setting; nil where that depends on others.
  package let standard: TOMLLiteral?
  /// A value for the example, where there is no usual one.
  package let example: TOMLLiteral?
  /// The option; nil for what is not one of the command line.
  package var option: String?
  /// The commands that take the option.
  package var commands: Set<String> = []
  /// The options of the command line beside which it is not used, since it was meant for another choice.
  package var givesWay: [String] = []

  /// A key of the file.
  package init(
    _ table: String = "", _ name: String, _ kind: SettingKind, help: String,
    standard: TOMLLiteral? = nil, example: TOMLLiteral? = nil, option: String? = nil,
    commands: Set<String> = [], givesWay: [String] = []
  ) {
    (self.table, self.name, self.kind, self.help) = (table, name, kind, help)
    (self.standard, self.example) = (standard, example)
    (self.option, self.commands, self.givesWay) = (option, commands, givesWay)
  }

  /// Its name with that of its table: `train.lr`.
  package var fullName: String { table.isEmpty ? name : "\(table).\(name)" }

  /// The names of the tables that it is in, and its own.
  package var path: [String] { table.split(separator: ".").map(String.init) + [name] }

  /// The environment variable that sets it: `TAPEDECK_TRAIN_LR`.
  package var variable: String {
    "TAPEDECK_"
      + path.joined(separator: "_").replacing("-", with: "_").replacing(".", with: "_").uppercased()
  }
}
