import io.github.xportcn.java.JavaClient
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController

@Configuration(proxyBeanMethods = false)
class Xportcn {
    @Bean(destroyMethod = "close")
    fun client(): JavaClient = JavaClient.fromEnv()
}

@RestController
class Offers(private val client: JavaClient) {
    @GetMapping("/offers")
    fun offers(@RequestParam("keyword") keyword: String): List<String?> =
        client.alibaba().product().keywordSearch().keyword(keyword).items().limit(3).map { it.offerId }.toList()
}
