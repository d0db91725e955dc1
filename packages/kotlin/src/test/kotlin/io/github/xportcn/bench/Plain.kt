package io.github.xportcn.bench

import com.squareup.moshi.JsonAdapter
import com.squareup.moshi.Moshi
import com.squareup.moshi.kotlin.reflect.KotlinJsonAdapterFactory
import java.security.MessageDigest
import java.security.SecureRandom
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import okio.Buffer

// What a user writes without the package: classes with the fields as they stand on the wire, a library that fills them, and
// a signature by hand.

/** Moshi, which finds the fields by reflection. */
internal object PlainMoshi {
    private val adapter: JsonAdapter<PlainReply> =
        Moshi.Builder().addLast(KotlinJsonAdapterFactory()).build().adapter(PlainReply::class.java)

    fun read(body: ByteArray): PlainReply = checkNotNull(adapter.fromJson(Buffer().write(body)))
}

internal class PlainRequest(val url: String, val headers: Map<String, String>, val body: ByteArray)

internal object PlainKotlinx {
    private val json = Json { ignoreUnknownKeys = true }

    fun read(body: ByteArray): PlainReply = json.decodeFromString(PlainReply.serializer(), body.decodeToString())

    /** A signed request with a body of JSON, in the bytes that are sent. */
    fun <T> request(path: String, serializer: KSerializer<T>, params: T): PlainRequest {
        val timestamp = (System.currentTimeMillis() / 1000).toString()
        val nonce = hex(ByteArray(16).also(entropy::nextBytes))
        val signed = "sandbox-key$timestamp${nonce}sandbox-secret"
        val digest = MessageDigest.getInstance("MD5").digest(signed.encodeToByteArray())
        val headers = mapOf(
            "access-key" to "sandbox-key",
            "timestamp" to timestamp,
            "nonce-str" to nonce,
            "user-id" to "sandbox-user",
            "signature" to hex(digest),
        )
        val body = json.encodeToString(serializer, params).encodeToByteArray()
        return PlainRequest("https://www.xportcn.com/api$path", headers, body)
    }

    private fun hex(bytes: ByteArray): String {
        val digits = CharArray(2 * bytes.size)
        bytes.forEachIndexed { at, byte ->
            digits[2 * at] = DIGITS[byte.toInt() shr 4 and 15]
            digits[2 * at + 1] = DIGITS[byte.toInt() and 15]
        }
        return String(digits)
    }

    private val entropy = SecureRandom()
    private const val DIGITS = "0123456789ABCDEF"
}

@Serializable
internal data class PlainRender(val subOrderId: String, val goodsStatus: Int, val refundType: Int)

@Serializable
internal data class PlainOrder(
    val flow: String,
    val message: String,
    val tradeType: String,
    val addressParam: PlainAddress,
    val cargoParamList: List<PlainLine>,
)

@Serializable
internal data class PlainAddress(
    val fullName: String,
    val mobile: String,
    val phone: String,
    val postCode: String,
    val cityText: String,
    val provinceText: String,
    val areaText: String,
    val townText: String,
    val address: String,
)

@Serializable
internal data class PlainLine(val offerId: Long, val specId: String, val quantity: Int)

@Serializable
internal data class PlainReply(
    val requestId: String? = null,
    val code: Int = 0,
    val developId: String? = null,
    val msg: String? = null,
    val data: PlainPage? = null,
)

@Serializable
internal data class PlainPage(
    val totalRecords: Long? = null,
    val totalPage: Long? = null,
    val pageSize: Long? = null,
    val currentPage: Long? = null,
    val data: List<PlainOffer>? = null,
)

@Serializable
internal data class PlainOffer(
    val imageUrl: String? = null,
    val subject: String? = null,
    val subjectTrans: String? = null,
    val offerId: Long? = null,
    val isJxhy: Boolean? = null,
    val priceInfo: PlainPrices? = null,
    val repurchaseRate: String? = null,
    val monthSold: Long? = null,
    val traceInfo: String? = null,
    val isOnePsale: Boolean? = null,
    val offerIdentities: List<String>? = null,
    val isPatentProduct: Boolean? = null,
    val createDate: String? = null,
    val modifyDate: String? = null,
    val isSelect: Boolean? = null,
    val token: String? = null,
    val promotionURL: String? = null,
    val aigcImageUrl: String? = null,
    val sellerIdentities: List<String>? = null,
    val tradeScore: String? = null,
    val promotionModel: PlainPromotion? = null,
    val topCategoryId: Long? = null,
    val secondCategoryId: Long? = null,
    val thirdCategoryId: Long? = null,
    val minOrderQuantity: Long? = null,
    val sellerDataInfo: PlainSeller? = null,
    val productSimpleShippingInfo: PlainShipping? = null,
    val sales7d: String? = null,
    val productTradeInfo: PlainTrade? = null,
    val invoiceInfo: PlainInvoice? = null,
    val whiteImage: String? = null,
)

@Serializable
internal data class PlainPrices(
    val price: String? = null,
    val jxhyPrice: String? = null,
    val pfJxhyPrice: String? = null,
    val consignPrice: String? = null,
    val promotionPrice: String? = null,
)

@Serializable
internal data class PlainPromotion(val hasPromotion: Boolean? = null, val promotionType: String? = null)

@Serializable
internal data class PlainSeller(
    val tradeMedalLevel: String? = null,
    val compositeServiceScore: String? = null,
    val logisticsExperienceScore: String? = null,
    val disputeComplaintScore: String? = null,
    val offerExperienceScore: String? = null,
    val afterSalesExperienceScore: String? = null,
    val consultingExperienceScore: String? = null,
    val repeatPurchasePercent: String? = null,
    val tpYear: Long? = null,
)

@Serializable
internal data class PlainShipping(
    val shippingTimeGuarantee: String? = null,
    val perfectFulfillmentRate30d: String? = null,
    val pickupWithin24hRate30d: String? = null,
    val qualityReturnRate30d: String? = null,
    val perfectFulfillmentRate7d: String? = null,
    val pickupWithin24hRate7d: String? = null,
    val delayedShippingRate7d: String? = null,
)

@Serializable
internal data class PlainTrade(
    val addCartCount7d: String? = null,
    val payBuyerCount7d: String? = null,
    val addCartCount30d: String? = null,
    val payBuyerCount30d: String? = null,
)

@Serializable
internal data class PlainInvoice(
    val supportOnlineInvoice: Boolean? = null,
    val supportFastInvoice: Boolean? = null,
    val invoiceTypes: List<String>? = null,
    val taxpayerType: String? = null,
)
