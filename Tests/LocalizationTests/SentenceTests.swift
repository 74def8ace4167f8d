import Foundation
import Localization
import Testing

/// Sentences and what stands in their places.
struct SentenceTests {
  @Test func anEnglishSentenceIsWhatStandsInTheCode() {
    #expect(Sentence("quit").english == "quit")
    #expect(Sentence("\(3) of \(7) nodes").english == "3 of 7 nodes")
    #expect(Sentence("\(80) % of them").english == "80 % of them")
  }

  @Test func theKeyHasNumbersInThePlacesOfTheArguments() {
    let sentence: Sentence = "\(3) of \("seven") nodes"
    #expect(sentence.key == "%1 of %2 nodes")
    #expect(sentence.arguments == ["3", "seven"])
  }

  @Test func aTranslationPutsTheArgumentsWhereItWantsThem() {
    let json = #"{"%1 of %2 nodes": "de %2 nodos, %1", "done": "listo", "%1 % of them": "%1 % de %9 y 5%"}"#
    let spanish = Translations(json: Data(json.utf8))
    #expect(spanish.text("\(3) of \(7) nodes") == "de 7 nodos, 3")
    #expect(spanish.text("done") == "listo")
    #expect(spanish.text("\(80) % of them") == "80 % de %9 y 5%")
    #expect(spanish.text("\("%2") of \("x") nodes") == "de x nodos, %2")
  }

  @Test func deAndAContractWithTheArticle() {
    let json = #"{"values of %1": "valores de %1", "to %1": "a %1"}"#
    let spanish = Translations(json: Data(json.utf8))
    #expect(spanish.text("values of \("el gradiente")") == "valores del gradiente")
    #expect(spanish.text("to \("el gradiente")") == "al gradiente")
    #expect(spanish.text("values of \("la salida")") == "valores de la salida")
  }

  @Test func aMissingTranslationIsEnglish() {
    #expect(Translations(json: Data("[".utf8)).text("\(1) step") == "1 step")
  }
}
