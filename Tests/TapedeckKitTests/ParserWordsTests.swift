import ArgumentParser
import Localization
import TapedeckKit
import Testing

/// What the argument parser says by itself, in the language of the help.
struct ParserWordsTests {
  private struct Command: ParsableCommand {
    @Argument(help: "A file.") var file: String
    @Option(help: "A number.") var count = 3
    @Flag(help: "A flag.") var fast = false
  }

  private func message(_ arguments: String...) -> String {
    do {
      _ = try Command.parse(arguments)
      return ""
    } catch { return ParserWords.message(Command.message(for: error)) }
  }

  @Test func theHelpHasSpanishHeadings() {
    let help = Language.spanish.during { ParserWords.help(Command.helpMessage()) }
    for words in ["USO: ", "ARGUMENTOS:", "OPCIONES:", "(por defecto: 3)", "Muestra la ayuda."] {
      #expect(help.contains(words), "\(words) in \(help)")
    }
    #expect(ParserWords.help(Command.helpMessage()) == Command.helpMessage())
  }

  @Test func aWrongArgumentIsNamedInSpanish() {
    Language.spanish.during {
      #expect(message() == "Falta el argumento '<file>'")
      #expect(message("a", "--slow") == "No se conoce la opción '--slow'")
      #expect(message("a", "b") == "Sobra el argumento 'b'")
      #expect(message("a", "b", "c") == "Sobran 2 argumentos: 'b', 'c'")
      #expect(message("a", "--count") == "Falta un valor para '--count <count>'")
      #expect(message("a", "--count", "x") == "El valor 'x' no vale para '--count <count>'")
    }
    #expect(message() == "Missing expected argument '<file>'")
  }
}
