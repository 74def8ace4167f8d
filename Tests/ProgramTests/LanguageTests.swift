import TestSupport
import Testing

/// The language that the program speaks.
struct LanguageTests {
  @Test func anOptionChoosesTheLanguageOfTheLines() throws {
    let outcome = try BuiltProgram.run(["train", "--headless", "--epochs", "1", "--lang", "es"])
    #expect(outcome.lines.first?.hasPrefix("época 1/1  paso 24  pérdida ") == true)
    #expect(outcome.lines.last?.hasPrefix("listo: 1 época, 24 pasos, pérdida ") == true)
  }

  @Test func theEnvironmentChoosesTheLanguageOfTheHelp() throws {
    let spanish = try BuiltProgram.run(["train", "--help"], environment: ["LC_ALL": "es_MX.UTF-8"])
    for words in ["RESUMEN: Entrena una red", "OPCIONES:", "Muestra la ayuda.", "EJEMPLOS"] {
      #expect(spanish.output.contains(words), "\(words)")
    }
    let english = try BuiltProgram.run(
      ["train", "--help", "--lang=en"], environment: ["LC_ALL": "es_MX.UTF-8"])
    #expect(english.output.contains("OVERVIEW: Train a network"))
  }

  @Test func keysOfJSONStayAsTheyAre() throws {
    let outcome = try BuiltProgram.run(["--lang", "es", "--json", "--epochs", "1"])
    #expect(outcome.lines.first?.hasPrefix(#"{"epoch":1,"iteration":24,"loss":"#) == true)
  }

  @Test func aLanguageThatThereIsNotIsRefused() throws {
    let outcome = try BuiltProgram.run(["--lang", "fr"])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("--lang expects en or es, but got 'fr'."))
    let unknown = try BuiltProgram.run(["train", "--zzzzzzz", "--lang", "es"])
    #expect(
      unknown.errors == "tapedeck: No se conoce la opción '--zzzzzzz'. Consulta 'tapedeck train --help'.\n")
  }
}
